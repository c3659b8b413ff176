using System.Text.Json;
using OpenClaw.Cli.Output;
using OpenClaw.Cli.Startup;

namespace OpenClaw.Cli.Commands.Health;

/// <summary>What health and status screens say about a configuration file that is not in force as it is.</summary>
internal static class ConfigProblemLine
{
    /// <summary>One line, or null when the file is in force.</summary>
    public static string? Of(CommandContext context, JsonElement health)
    {
        if (health.Field("configProblem") is not { } problem)
            return null;
        var issues = problem.Items("issues").Select(static issue => $"{issue.Text("path")}: {issue.Text("message")}".TrimStart(':', ' '));
        return TerminalText.Harmless($"{context.Environment.Display(problem.Text("path") ?? "?")} is not in force as it is: {string.Join("; ", issues)}");
    }
}
