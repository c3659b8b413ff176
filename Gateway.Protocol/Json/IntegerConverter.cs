using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpenClaw.Gateway.Protocol.Json;

/// <summary>Reads every JSON number without a fraction (<c>3.0</c>, <c>1e3</c>), as JSON Schema's <c>integer</c> does; clamps to the range of long.</summary>
public sealed class IntegerConverter : JsonConverter<long>
{
    /// <inheritdoc/>
    public override long Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is not JsonTokenType.Number)
            throw new JsonException("A number was expected.");
        if (reader.TryGetInt64(out var integer))
            return integer;
        var number = reader.GetDouble();
        if (!double.IsFinite(number) || number != Math.Floor(number))
            throw new JsonException("An integer was expected.");
        return number >= long.MaxValue ? long.MaxValue : number <= long.MinValue ? long.MinValue : (long)number;
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, long value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
}
