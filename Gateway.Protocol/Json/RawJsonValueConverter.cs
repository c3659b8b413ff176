using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpenClaw.Gateway.Protocol.Json;

/// <summary>Copies the bytes of a value in and out.</summary>
internal sealed class RawJsonValueConverter : JsonConverter<RawJsonValue>
{
    public override bool HandleNull => true;

    public override RawJsonValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(JsonMarshal.GetRawUtf8Value(JsonElement.ParseValue(ref reader)).ToArray());

    public override void Write(Utf8JsonWriter writer, RawJsonValue value, JsonSerializerOptions options)
    {
        if (value.Utf8.IsEmpty)
            writer.WriteNullValue();
        else
            // Half of a surrogate pair would not pass the check, and must not cost a client the rest of the answer.
            writer.WriteRawValue(value.Utf8.Span, skipInputValidation: true);
    }
}
