using System.Text.Json.Nodes;

namespace OpenClaw.Gateway.Core.Agents.Tools.Exec;

/// <summary>The arguments of one call of exec.</summary>
internal sealed record ExecCall
{
    public required string Command { get; init; }

    public string? Workdir { get; init; }

    public required IReadOnlyDictionary<string, string> Variables { get; init; }

    /// <summary>How long the model waits.</summary>
    public required TimeSpan Yield { get; init; }

    public required TimeSpan Timeout { get; init; }

    public ExecSecurity? Security { get; init; }

    public ExecAsk? Ask { get; init; }

    /// <summary>The call, or what is wrong with it.</summary>
    public static (ExecCall? Call, string? Error) Read(JsonObject arguments, ExecOptions options)
    {
        var command = arguments.Text("command") ?? "";
        if (command.Trim().Length == 0)
            return (null, "Provide a command to start.");
        if (command.Contains('\0', StringComparison.Ordinal))
            return (null, "The command contains a null character.");
        if (arguments.Flag("elevated"))
            return (null, "elevated is not available right now: commands run on the gateway host, and its approval policy decides about each of them. Call exec without it.");
        if (CheckHost(arguments.Text("host"), options.Host) is { } hostError)
            return (null, hostError);
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in arguments["env"] as JsonObject ?? [])
        {
            if (value is JsonValue text)
                variables[name] = text.ToString();
        }
        if (CallVariables.Refused(variables.Keys) is { Count: > 0 } refused)
            return (null, $"These environment variables cannot be set: {string.Join(", ", refused)}.");
        var background = arguments.Flag("background");
        return (new ExecCall
        {
            Command = command,
            Workdir = arguments.Text("workdir"),
            Variables = variables,
            Yield = background ? TimeSpan.Zero : Milliseconds(arguments.Int("yieldMs")) ?? options.Background,
            Timeout = arguments.Int("timeout") is { } seconds and > 0 ? TimeSpan.FromSeconds(seconds) : options.Timeout,
            Security = ExecOptions.ParseSecurity(arguments.Text("security")),
            Ask = ExecOptions.ParseAsk(arguments.Text("ask")),
        }, null);
    }

    private static string? CheckHost(string? requested, string configured)
    {
        // Without a sandbox both names mean this machine, behind the approval policy.
        var here = configured is "sandbox" ? "gateway" : configured;
        if (here != "gateway")
            return $"exec host \"{configured}\" is configured (tools.exec.host), but commands can only run on the gateway host. Set it with: openclaw config set tools.exec.host gateway";
        return requested is null || requested == configured || requested == here
            ? null
            : $"exec host not allowed (requested {requested}; configure tools.exec.host={requested} to allow).";
    }

    private static TimeSpan? Milliseconds(int? value) => value is { } given ? TimeSpan.FromMilliseconds(Math.Clamp(given, 10, 120_000)) : null;
}
