using System.Text.Json;
using OpenClaw.Gateway.Protocol.Json;

namespace OpenClaw.Cli.NodeHost;

/// <summary>What a gateway asks the node to do.</summary>
/// <param name="Id">To answer under.</param>
/// <param name="NodeId">The node that is meant.</param>
/// <param name="Command">The command.</param>
/// <param name="ParamsJson">JSON text of its params.</param>
/// <param name="Key">A repeat has the same.</param>
/// <param name="TimeoutMs">When the caller gives up; null when it did not say.</param>
internal sealed record NodeRequest(string Id, string NodeId, string Command, string? ParamsJson, string? Key, long? TimeoutMs)
{
    /// <summary>Null for what no answer can be given to.</summary>
    public static NodeRequest? Read(ReadOnlySpan<byte> payload)
    {
        try
        {
            var asked = JsonSerializer.Deserialize(payload, ProtocolJson.Context.NodeInvokeRequestEvent);
            return asked is { Id.Length: > 0, NodeId.Length: > 0 } && asked.Command.Trim() is { Length: > 0 } command
                ? new NodeRequest(asked.Id, asked.NodeId, command, asked.ParamsJson, asked.IdempotencyKey, asked.TimeoutMs)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The params.</summary>
    /// <exception cref="JsonException">They are missing or no object, or have a key twice.</exception>
    public JsonElement Params()
    {
        var parsed = JsonElement.Parse(ParamsJson ?? throw new JsonException("paramsJSON required"), new JsonDocumentOptions { AllowDuplicateProperties = false });
        return parsed.ValueKind is JsonValueKind.Object ? parsed : throw new JsonException("params must be an object");
    }
}

/// <summary>The node's answer: JSON, or an error.</summary>
/// <param name="PayloadJson">JSON text of what was asked for.</param>
/// <param name="Code">Error code; null when it went well.</param>
/// <param name="Message">Error text.</param>
internal sealed record NodeAnswer(string? PayloadJson, string? Code = null, string? Message = null)
{
    public static NodeAnswer Invalid(string message) => new(null, "INVALID_REQUEST", message);

    public static NodeAnswer Unavailable(string message) => new(null, "UNAVAILABLE", message);
}
