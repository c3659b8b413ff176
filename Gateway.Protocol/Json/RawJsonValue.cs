using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpenClaw.Gateway.Protocol.Json;

/// <summary>
/// A JSON value of any shape as its bytes, such as what other programs stored: it is passed on byte for byte, also where its
/// text is legal JSON but no Unicode. Immutable; <c>default</c> is <c>null</c>.
/// </summary>
/// <param name="utf8">One complete JSON value.</param>
[JsonConverter(typeof(RawJsonValueConverter))]
public readonly struct RawJsonValue(ReadOnlyMemory<byte> utf8)
{
    /// <summary>The bytes of the value; empty for none.</summary>
    public ReadOnlyMemory<byte> Utf8 { get; } = utf8;

    /// <summary>The value as an element, which can be looked into.</summary>
    /// <exception cref="JsonException">The bytes are not JSON.</exception>
    public JsonElement ToElement()
    {
        var reader = new Utf8JsonReader(Utf8.IsEmpty ? "null"u8 : Utf8.Span);
        return JsonElement.ParseValue(ref reader);
    }
}
