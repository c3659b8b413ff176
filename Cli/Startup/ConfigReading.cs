using System.Text;
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
            await context.Error.WriteLineAsync(Report(context.Environment, snapshot)).ConfigureAwait(false);
        return snapshot;
    }

    private static string Report(GatewayEnvironment environment, ConfigSnapshot snapshot)
    {
        var text = new StringBuilder("Config invalid\nFile: ").Append(environment.Display(snapshot.Path)).Append("\nProblem:\n");
        foreach (var issue in snapshot.Issues)
            text.Append("  - ").Append(issue).Append('\n');
        return text.Append("\nCorrect the file and try again; nothing was changed.").ToString();
    }
}
