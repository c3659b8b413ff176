using System.Text.Json;
using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Core.Presence;
using OpenClaw.Gateway.Core.Sessions.Store;

namespace OpenClaw.Gateway.Core.Nodes;

/// <summary>
/// What events of nodes bring about. Names that are not here, and details that cannot be read, are heard and have no effect: nodes of
/// other versions report things that this gateway has no use for.
/// </summary>
internal sealed partial class NodeEvents(NodeMessages messages, SystemEventQueue systemEvents, SessionStores stores, ILogger<NodeEvents> logger)
{
    /// <summary>Longest output of a command that the session is told.</summary>
    private const int MaxOutputChars = 400;

    public async Task HandleAsync(LiveNode node, string name, JsonElement? payload, CancellationToken cancellationToken)
    {
        if (payload is not { ValueKind: JsonValueKind.Object } details)
            return;
        switch (name)
        {
            case "voice.transcript":
                await messages.TranscriptAsync(node, details, cancellationToken).ConfigureAwait(false);
                break;
            case "agent.request":
                await messages.RequestAsync(node, details, cancellationToken).ConfigureAwait(false);
                break;
            case "chat.subscribe" when Text(details, "sessionKey") is { } key:
                if (!node.Follow(key))
                    LogFollowsTooMany(logger, node.Id);
                break;
            case "chat.unsubscribe" when Text(details, "sessionKey") is { } key:
                node.Unfollow(key);
                break;
            case "exec.started" or "exec.finished" or "exec.denied":
                Tell(details, name);
                break;
        }
    }

    /// <summary>A text that says something; null for everything else.</summary>
    public static string? Text(JsonElement details, string property) =>
        details.TryGetProperty(property, out var value) && value.ValueKind is JsonValueKind.String && value.GetString()?.Trim() is { Length: > 0 } text ? text : null;

    /// <summary>Notes of a command's fate wait for the main session's next turn; other sessions have no list for such notes yet.</summary>
    private void Tell(JsonElement details, string name)
    {
        if (Text(details, "sessionKey") is { } key && stores.Rules.Canonicalize(key) != stores.Rules.MainSession)
            return;
        var run = Text(details, "runId") is { } runId ? $", id={runId}" : "";
        var command = Text(details, "command") is { } shown ? ": " + shown : "";
        switch (name)
        {
            case "exec.started":
                systemEvents.Add($"Exec started (node{run}){command}");
                break;
            case "exec.denied":
                systemEvents.Add($"Exec denied (node{run}{(Text(details, "reason") is { } reason ? ", " + reason : "")}){command}");
                break;
            default:
                var timedOut = details.TryGetProperty("timedOut", out var flag) && flag.ValueKind is JsonValueKind.True;
                var code = details.TryGetProperty("exitCode", out var number) && number.ValueKind is JsonValueKind.Number ? number.GetRawText() : "?";
                var output = Text(details, "output") is { } all ? "\n" + (all.Length > MaxOutputChars ? "…" + all[^MaxOutputChars..] : all) : "";
                systemEvents.Add($"Exec finished (node{run}, {(timedOut ? "timeout" : "code " + code)}){output}");
                break;
        }
    }

    [LoggerMessage(1603, LogLevel.Debug, "Node {NodeId} follows as many sessions as a node may; another one is ignored.")]
    private static partial void LogFollowsTooMany(ILogger logger, string nodeId);
}
