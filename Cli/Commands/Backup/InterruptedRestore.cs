using OpenClaw.Cli.Startup;

namespace OpenClaw.Cli.Commands.Backup;

/// <summary>A restore that was killed while the state directory was in no place: whichever command comes next ends it, before it takes the instance for a new one.</summary>
internal static class InterruptedRestore
{
    /// <summary>Ends it, and says so on standard error. Why that cannot be done, or null.</summary>
    public static async Task<string?> FinishAsync(string target, CommandContext context)
    {
        try
        {
            if (DirectorySwap.Finish(target) is { } done)
                await context.Error.WriteLineAsync($"A restore had been cut short, and was ended now: {done}").ConfigureAwait(false);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"a restore of {context.Environment.Display(target)} is under way, or was cut short: {e.Message}";
        }
    }
}
