using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Gateway.Protocol.Limits;
using OpenClaw.Gateway.Protocol.Methods.Nodes;

namespace OpenClaw.Gateway.Core.Nodes;

/// <summary>Reads what nodes send: JSON, or text that is JSON, or is not.</summary>
internal static class NodeAnswers
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = ProtocolLimits.MaxDepth };

    /// <summary>The payload of an answer; text that is no JSON is put into an object.</summary>
    public static JsonElement? Payload(NodeInvokeResultParams answer) => answer.PayloadJson is not { } text ? answer.Payload
        : TryParse(text) ?? TryParse(new JsonObject { ["payloadJSON"] = text }.ToJsonString());

    /// <summary>The details of an event; null when there are none that can be read.</summary>
    public static JsonElement? Read(string? text, JsonElement? payload) => text is null ? payload : TryParse(text);

    private static JsonElement? TryParse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Options);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
