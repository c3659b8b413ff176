using System.Text.Json;
using System.Text.RegularExpressions;
using OpenClaw.Gateway.Core.HostCommands;

namespace OpenClaw.Cli.NodeHost;

/// <summary>The params of one <c>system.run</c>.</summary>
internal sealed partial record SystemRunCall
{
    /// <summary>Longest time that is granted.</summary>
    private static readonly TimeSpan MaxTimeout = TimeSpan.FromDays(1);

    public required HostCommand Command { get; init; }

    /// <summary>Session that is told how it went.</summary>
    public required string SessionKey { get; init; }

    /// <summary>By which the session recognises it.</summary>
    public required string RunId { get; init; }

    /// <summary>Its own limit; null when it has none.</summary>
    public TimeSpan? Timeout { get; init; }

    public bool NeedsScreenRecording { get; init; }

    /// <summary>The call, or what is wrong with it.</summary>
    public static (SystemRunCall? Call, string? Problem) Read(JsonElement parameters)
    {
        if (!parameters.TryGetProperty("command", out var given) || given.ValueKind is not JsonValueKind.Array || given.GetArrayLength() == 0)
            return (null, "command required");
        var arguments = given.EnumerateArray().Select(static item => item.ValueKind is JsonValueKind.String ? item.GetString()! : item.GetRawText()).ToArray();
        if (arguments[0].Trim().Length == 0)
            return (null, "command required");
        if (arguments.Any(static argument => argument.Contains('\0', StringComparison.Ordinal)))
            return (null, "INVALID_REQUEST: command contains a null character");
        // Also the name under which the program may be remembered: no pattern, and none of the words of that file.
        if (Text(parameters, "agentId") is { } agentId && !AgentIds().IsMatch(agentId))
            return (null, "INVALID_REQUEST: agentId must be 1 to 64 of a-z, 0-9, _ and -");
        var decision = Text(parameters, "approvalDecision");
        return (new SystemRunCall
        {
            Command = new HostCommand
            {
                Arguments = arguments,
                RawLine = Text(parameters, "rawCommand"),
                Cwd = Text(parameters, "cwd"),
                Variables = Variables(parameters),
                AgentId = Text(parameters, "agentId"),
                Approved = decision is "allow-once" or "allow-always" || IsTrue(parameters, "approved"),
                ApprovedForGood = decision is "allow-always",
            },
            SessionKey = Text(parameters, "sessionKey") ?? "node",
            RunId = Text(parameters, "runId") ?? Guid.NewGuid().ToString(),
            Timeout = Timeouts(parameters),
            NeedsScreenRecording = IsTrue(parameters, "needsScreenRecording"),
        }, null);
    }

    private static TimeSpan? Timeouts(JsonElement parameters) =>
        parameters.TryGetProperty("timeoutMs", out var value) && value.ValueKind is JsonValueKind.Number && value.GetDouble() is > 0 and var ms
            ? TimeSpan.FromMilliseconds(Math.Min(ms, MaxTimeout.TotalMilliseconds))
            : null;

    private static Dictionary<string, string> Variables(JsonElement parameters)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!parameters.TryGetProperty("env", out var given) || given.ValueKind is not JsonValueKind.Object)
            return variables;
        foreach (var variable in given.EnumerateObject())
        {
            if (variable.Name.Trim() is { Length: > 0 } name && variable.Value.ValueKind is JsonValueKind.String && variable.Value.GetString()! is var value && !value.Contains('\0', StringComparison.Ordinal))
                variables[name] = value;
        }
        return variables;
    }

    [GeneratedRegex(@"\A[a-z0-9_-]{1,64}\z")]
    private static partial Regex AgentIds();

    private static string? Text(JsonElement parameters, string name) =>
        parameters.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String && value.GetString()!.Trim() is { Length: > 0 } text ? text : null;

    private static bool IsTrue(JsonElement parameters, string name) => parameters.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True;
}
