using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using OpenClaw.Gateway.Protocol.Json;
using OpenClaw.Gateway.Protocol.Schema;

namespace OpenClaw.Gateway.Protocol.Frames;

/// <summary>Words what is wrong with a message that <see cref="RequestFrameReader"/> called invalid.</summary>
/// <param name="IdJson">JSON text to echo as the id: what came, or <c>"invalid"</c>.</param>
/// <param name="Errors">The violations.</param>
public sealed record RequestFrameDiagnosis(ReadOnlyMemory<byte> IdJson, string Errors)
{
    /// <summary>Diagnoses <paramref name="message"/>.</summary>
    /// <exception cref="JsonException">It is not JSON: the reader calls such a message <see cref="FrameReadStatus.NotJson"/>.</exception>
    public static RequestFrameDiagnosis Of(ReadOnlyMemory<byte> message)
    {
        var json = WellFormedJson.Of(message);
        if (!TryParse(json, out var document))
            return OfDeep(json);
        using var parsed = document;
        var root = document.RootElement;
        var errors = SchemaValidator.Validate(ProtocolJson.SchemaOf<RequestFrame>(), root)
            ?? throw new ArgumentException("The message is a request.", nameof(message));
        return new RequestFrameDiagnosis(IdOf(root), errors);
    }

    private static bool TryParse(ReadOnlyMemory<byte> json, [NotNullWhen(true)] out JsonDocument? document)
    {
        try
        {
            document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = Limits.ProtocolLimits.MaxDepth });
            return true;
        }
        catch (JsonException) when (DeepFrame.IsJson(json))
        {
            document = null;
            return false;
        }
    }

    private static RequestFrameDiagnosis OfDeep(ReadOnlyMemory<byte> json)
    {
        var id = DeepFrame.IdOf(json);
        return new RequestFrameDiagnosis(id.IsEmpty ? "\"invalid\""u8.ToArray() : id.ToArray(), DeepFrame.IsObject(json) ? DeepFrame.Errors : "must be object");
    }

    private static byte[] IdOf(JsonElement root)
    {
        if (root.ValueKind is not JsonValueKind.Object || !root.TryGetProperty("id", out var id) || id.ValueKind is JsonValueKind.Null)
            return "\"invalid\""u8.ToArray();
        return Encoding.UTF8.GetBytes(id.GetRawText());
    }
}
