using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Gateway.Protocol.Errors;
using OpenClaw.Gateway.Protocol.Methods.Nodes;

namespace OpenClaw.Gateway.Core.Nodes;

/// <summary>What callers are told when a node did not do what it was asked; wire texts.</summary>
internal static class NodeCallErrors
{
    private const string NotConnectedText = "node not connected";

    /// <summary>Null when the node did it.</summary>
    public static ErrorShape? Of(NodeCallOutcome outcome, string command) => outcome.Status switch
    {
        NodeCallStatus.NotConnected => NotConnected(),
        NodeCallStatus.NotSent => Failed("failed to send invoke to node", new NodeError { Code = ErrorCodes.Unavailable, Message = "failed to send invoke to node" }),
        NodeCallStatus.TimedOut => Failed("node invoke timed out", new NodeError { Code = "TIMEOUT", Message = "node invoke timed out" }),
        NodeCallStatus.Disconnected => ErrorShape.Unavailable($"Error: node disconnected ({command})"),
        _ when outcome.Answer is { Ok: false } answer => Failed(answer.Error?.Message ?? "node invoke failed", answer.Error),
        _ => null,
    };

    public static ErrorShape NotConnected() => ErrorShape.Unavailable(NotConnectedText, Details(new JsonObject { ["code"] = "NOT_CONNECTED" }));

    /// <summary>The same for calls that do not look before they ask.</summary>
    public static ErrorShape NotConnectedAfterAll() => Failed(NotConnectedText, new NodeError { Code = "NOT_CONNECTED", Message = NotConnectedText });

    public static ErrorShape NotAllowed(string reason, string command) =>
        ErrorShape.InvalidRequest("node command not allowed", Details(new JsonObject { ["reason"] = reason, ["command"] = command }));

    private static ErrorShape Failed(string message, NodeError? error)
    {
        var told = error is null ? null : new JsonObject();
        if (error?.Code is { } code)
            told!["code"] = code;
        if (error?.Message is { } text)
            told!["message"] = text;
        return ErrorShape.Unavailable(message, Details(new JsonObject { ["nodeError"] = told }));
    }

    private static JsonElement Details(JsonObject details)
    {
        using var document = JsonDocument.Parse(details.ToJsonString());
        return document.RootElement.Clone();
    }
}
