using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpenClaw.Gateway.Core.Sessions.Json;

/// <summary>Writes a raw value clean and without white space, as it goes to clients; a missing one is <c>null</c>.</summary>
internal sealed class RawJsonConverter : JsonConverter<RawJson>
{
    public override RawJson Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return new RawJson(System.Text.Encoding.UTF8.GetBytes(document.RootElement.GetRawText()));
    }

    public override void Write(Utf8JsonWriter writer, RawJson value, JsonSerializerOptions options)
    {
        if (value.IsMissing)
            writer.WriteNullValue();
        else
            writer.WriteRawValue(JsonLayout.Compact(JsonLayout.Clean(value.Utf8).Span), skipInputValidation: true);
    }
}
