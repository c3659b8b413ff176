namespace OpenClaw.Gateway.Core.Configuration;

/// <summary>What to tell a person about a configuration.</summary>
public static class ConfigReport
{
    /// <summary>Lines for stderr about a configuration that cannot be used: file, problems with line and column, what to do.</summary>
    /// <param name="snapshot">A reading that is not valid.</param>
    /// <param name="environment">The instance.</param>
    public static IReadOnlyList<string> Invalid(ConfigSnapshot snapshot, GatewayEnvironment environment)
    {
        List<string> lines = ["Config invalid", $"File: {environment.Display(snapshot.Path)}", "Problem:"];
        lines.AddRange(snapshot.Issues.Select(issue => "  - " + Describe(issue, environment)));
        if (snapshot.LegacyIssues.Count > 0)
        {
            lines.Add("Legacy config keys detected:");
            lines.AddRange(snapshot.LegacyIssues.Select(issue => "  - " + Describe(issue, environment)));
        }
        lines.Add("");
        lines.Add("Nothing was changed. Fix the file and try again.");
        return lines;
    }

    /// <summary>Lines about what is odd in a usable configuration; empty when nothing is.</summary>
    /// <param name="snapshot">A reading of the configuration.</param>
    /// <param name="environment">The instance.</param>
    public static IReadOnlyList<string> Oddities(ConfigSnapshot snapshot, GatewayEnvironment environment) =>
        [.. snapshot.Warnings.Concat(snapshot.LegacyIssues).Select(issue => Describe(issue, environment))];

    private static string Describe(ConfigIssue issue, GatewayEnvironment environment) =>
        (issue.File is null ? issue : issue with { File = environment.Display(issue.File) }).ToString();
}
