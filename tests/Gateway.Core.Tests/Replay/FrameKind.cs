using System.Text.Json;

namespace OpenClaw.Gateway.Core.Tests.Replay;

/// <summary>What tells one frame from another, without the values that differ from run to run.</summary>
/// <param name="Label">As it is written in <c>deviations.json</c>: <c>event chat.final</c>, <c>res sessions.list</c>, <c>hello-ok</c>.</param>
/// <param name="Key">Equal for the recorded frame and for the one that answers it.</param>
internal sealed record FrameKind(string Label, string Key)
{
    /// <summary>Frames whose number depends on timing: they are compared when they come, and may come more or less often.</summary>
    public bool IsTimed => Label is "event health" or "event chat.delta";

    /// <param name="frame">The frame.</param>
    /// <param name="methods">The methods of the requests that were sent, by id.</param>
    public static FrameKind Of(JsonElement frame, IReadOnlyDictionary<string, string> methods)
    {
        if (frame.ValueKind is not JsonValueKind.Object || !frame.TryGetProperty("type", out var type))
            return new("unknown", frame.GetRawText());
        return type.GetString() == "event" ? OfEvent(frame) : OfResponse(frame, methods);
    }

    private static FrameKind OfResponse(JsonElement frame, IReadOnlyDictionary<string, string> methods)
    {
        var id = frame.GetProperty("id").GetRawText();
        var payload = Member(frame, "payload");
        var isHello = Text(payload, "type") == "hello-ok";
        var label = isHello ? "hello-ok" : "res " + methods.GetValueOrDefault(id, "?");
        // Answers to one request come in their order, so that the id is enough even when a run answers twice.
        return new(label, "res:" + id);
    }

    private static FrameKind OfEvent(JsonElement frame)
    {
        var name = frame.GetProperty("event").GetString()!;
        var payload = Member(frame, "payload");
        var label = name switch
        {
            "chat" => $"chat.{Text(payload, "state")}",
            "agent" => $"agent.{Text(payload, "stream")}.{Text(Member(payload, "data"), "phase")}".TrimEnd('.'),
            _ => name,
        };
        var run = Text(payload, "runId") is { } id && !id.StartsWith("inject-", StringComparison.Ordinal) ? id : "";
        return new("event " + label, $"event:{label}:{run}");
    }

    private static JsonElement? Member(JsonElement? element, string name) =>
        element is { ValueKind: JsonValueKind.Object } value && value.TryGetProperty(name, out var member) ? member : null;

    private static string? Text(JsonElement? element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
