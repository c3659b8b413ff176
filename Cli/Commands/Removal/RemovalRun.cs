using System.Globalization;
using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Processes;

namespace OpenClaw.Cli.Commands.Removal;

/// <summary>How a removal is carried out.</summary>
internal sealed record RemovalFlags(bool Yes, bool NonInteractive, bool DryRun);

/// <summary>
/// Removes parts of an instance: says what, asks, and looks at every path before the first is touched. A directory is renamed before it is
/// emptied, so that a removal that is cut off leaves no half of a state where a gateway would find it.
/// </summary>
internal sealed class RemovalRun(CommandContext context, RemovalFlags flags)
{
    public async Task<int> ExecuteAsync(Func<RemovalPlan, IReadOnlyList<string>> choose, string next, CancellationToken cancellation)
    {
        // A configuration that cannot be read is a reason to reset.
        var snapshot = await new ConfigLoader(context.Environment).LoadAsync(cancellation).ConfigureAwait(false);
        var plan = new RemovalPlan(context.Environment, snapshot);
        var paths = choose(plan);
        if (paths.Count == 0)
        {
            await context.Out.WriteLineAsync("There is nothing to remove.").ConfigureAwait(false);
            return 0;
        }
        foreach (var path in paths)
        {
            if (plan.Refusal(path) is { } refusal)
                return await context.FailAsync("Error: nothing was removed: " + refusal).ConfigureAwait(false);
        }
        if (!flags.DryRun && GatewayLockState.Read(context.Environment) is { OwnerIsAlive: true } running)
            return await context.FailAsync(string.Create(CultureInfo.InvariantCulture, $"Error: nothing was removed: the gateway runs (process {running.OwnerPid}). Stop it first.")).ConfigureAwait(false);
        foreach (var path in flags.DryRun ? paths : [])
            await context.Out.WriteLineAsync("[dry-run] remove " + context.Environment.Display(path)).ConfigureAwait(false);
        if (!flags.DryRun && !await AgreesAsync(paths, cancellation).ConfigureAwait(false))
            return await context.FailAsync("Nothing was removed. Without questions: --yes").ConfigureAwait(false);
        foreach (var path in flags.DryRun ? [] : paths)
        {
            if (Remove(path) is { } problem)
                return await context.FailAsync($"Error: {context.Environment.Display(path)} could not be removed: {problem}").ConfigureAwait(false);
            await context.Out.WriteLineAsync("Removed " + context.Environment.Display(path)).ConfigureAwait(false);
        }
        await context.Out.WriteLineAsync(next).ConfigureAwait(false);
        return 0;
    }

    private async Task<bool> AgreesAsync(IReadOnlyList<string> paths, CancellationToken cancellation)
    {
        if (flags.Yes || flags.NonInteractive || !context.Console.IsTerminal)
            return flags.Yes;
        await context.Out.WriteLineAsync("This removes, for good:\n  " + string.Join("\n  ", paths.Select(context.Environment.Display))).ConfigureAwait(false);
        await context.Out.WriteAsync($"({context.Environment.CommandName} backup create keeps a copy.) Go on? [y/N] ").ConfigureAwait(false);
        using var input = context.OpenInput();
        return (await input.ReadLineAsync(cancellation).ConfigureAwait(false))?.Trim().ToLowerInvariant() is "y" or "yes";
    }

    private static string? Remove(string path)
    {
        try
        {
            if (!Directory.Exists(path))
            {
                File.Delete(path);
                return null;
            }
            var aside = $"{path}.removing-{Guid.NewGuid():N}";
            Directory.Move(path, aside);
            Directory.Delete(aside, recursive: true);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }
}
