using OpenClaw.Gateway.Core.Configuration;

namespace OpenClaw.Cli.Startup;

/// <summary>Reads the configuration for a command and reports what is wrong with it.</summary>
internal static class ConfigReading
{
    /// <summary>Reads it. What is wrong is reported on standard error; the caller decides whether it goes on.</summary>
    public static async Task<ConfigSnapshot> LoadAsync(this CommandContext context, CancellationToken cancellation)
    {
        var snapshot = await new ConfigLoader(context.Environment).LoadAsync(cancellation).ConfigureAwait(false);
        if (!snapshot.Valid)
            await context.Error.WriteLineAsync(string.Join('\n', ConfigReport.Invalid(snapshot, context.Environment))).ConfigureAwait(false);
        return snapshot;
    }
}
