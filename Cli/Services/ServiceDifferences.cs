namespace OpenClaw.Cli.Services;

/// <summary>In what an installed service differs from what would be installed now. Secrets are compared and not shown.</summary>
internal static class ServiceDifferences
{
    private static readonly string[] Compared =
    [
        "HOME", "PATH", "OPENCLAW_HOME", "OPENCLAW_PROFILE", "OPENCLAW_STATE_DIR", "OPENCLAW_CONFIG_PATH", "OPENCLAW_OAUTH_DIR", "DOTNET_ROOT", ServiceMarks.VersionVariable,
    ];

    /// <summary>A line for each difference.</summary>
    public static IReadOnlyList<string> Between(InstalledService installed, ServiceDefinition wanted)
    {
        var lines = new List<string>();
        var (now, then) = (Program(installed.Arguments), Program(wanted.Arguments));
        if (now != then)
            lines.Add($"it starts {(now.Length == 0 ? "nothing" : now)}, not {then}");
        var arguments = (Installed: After(installed.Arguments), Wanted: After(wanted.Arguments));
        if (now == then && arguments.Installed != arguments.Wanted)
            lines.Add($"its arguments are: {arguments.Installed}, not: {arguments.Wanted}");
        else if (installed.Port is { } port && wanted.Arguments[^1] != FormattableString.Invariant($"{port}"))
            lines.Add(FormattableString.Invariant($"its port is {port}, not {wanted.Arguments[^1]}"));
        var variables = wanted.Environment.ToDictionary(static pair => pair.Key, static pair => pair.Value, StringComparer.Ordinal);
        foreach (var name in Compared)
        {
            var (has, should) = (installed.Environment.GetValueOrDefault(name), variables.GetValueOrDefault(name));
            if (has != should)
                lines.Add(has is null ? $"{name} is not set, it would be {should}" : should is null ? $"{name} is {has}, it would not be set" : $"{name} is {has}, it would be {should}");
        }
        const string token = "OPENCLAW_GATEWAY_TOKEN";
        if (variables.GetValueOrDefault(token) is { } secret && installed.Environment.GetValueOrDefault(token) != secret)
            lines.Add($"{token} is another one");
        return lines;
    }

    /// <summary>What stands before the word <c>gateway</c>.</summary>
    private static string Program(IReadOnlyList<string> arguments) => string.Join(' ', arguments.TakeWhile(static argument => argument != ServiceMarks.Kind));

    private static string After(IReadOnlyList<string> arguments) => string.Join(' ', arguments.SkipWhile(static argument => argument != ServiceMarks.Kind));
}
