using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using OpenClaw.Gateway.Protocol.Json;

namespace OpenClaw.Gateway.Core.Sessions.Json;

/// <summary>
/// One JSON value kept as its bytes: cheap to hold, to pass through and to write. Immutable. The bytes were valid JSON
/// when the value was made.
/// </summary>
[JsonConverter(typeof(RawJsonConverter))]
internal readonly struct RawJson(ReadOnlyMemory<byte> utf8)
{
    public ReadOnlyMemory<byte> Utf8 { get; } = utf8;

    public bool IsMissing => Utf8.IsEmpty;

    public JsonTokenType TokenType => IsMissing ? JsonTokenType.None : Start(out _);

    public static RawJson From(string value) => new(JsonSerializer.SerializeToUtf8Bytes(value, SessionsJson.Context.String));

    public static RawJson From(long value) => new(JsonSerializer.SerializeToUtf8Bytes(value, SessionsJson.Context.Int64));

    public static RawJson From(bool value) => new(value ? "true"u8.ToArray() : "false"u8.ToArray());

    public static RawJson From<T>(T value, JsonTypeInfo<T> type) => new(JsonSerializer.SerializeToUtf8Bytes(value, type));

    /// <summary>The value when it is a string.</summary>
    public string? AsString() => Start(out var reader) == JsonTokenType.String ? LenientText.Read(ref reader) : null;

    /// <summary>The value when it is a number; a fraction is cut.</summary>
    public long? AsInt64()
    {
        if (Start(out var reader) != JsonTokenType.Number)
            return null;
        if (reader.TryGetInt64(out var whole))
            return whole;
        return reader.TryGetDouble(out var number) && double.IsFinite(number) && Math.Abs(number) < long.MaxValue ? (long)number : null;
    }

    public bool? AsBoolean() => Start(out _) switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => null,
    };

    /// <summary>The value as a typed object; null when it has another shape.</summary>
    public T? As<T>(JsonTypeInfo<T> type)
        where T : class
    {
        if (TokenType is JsonTokenType.None or JsonTokenType.Null)
            return null;
        try
        {
            return JsonSerializer.Deserialize(Utf8.Span, type);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A field of the value when it is an object.</summary>
    public RawJson this[string name]
    {
        get
        {
            if (Start(out var reader) != JsonTokenType.StartObject)
                return default;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var match = !reader.ValueIsEscaped && reader.ValueTextEquals(name);
                reader.Read();
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                if (match)
                    return new RawJson(Utf8[start..(int)reader.BytesConsumed]);
            }
            return default;
        }
    }

    /// <summary>The value as it goes to clients: clean and without white space.</summary>
    public RawJsonValue ToWire() => IsMissing ? default : new(JsonLayout.Compact(JsonLayout.Clean(Utf8).Span));

    public override string ToString() => System.Text.Encoding.UTF8.GetString(Utf8.Span);

    private JsonTokenType Start(out Utf8JsonReader reader)
    {
        reader = JsonLayout.Read(Utf8.Span);
        return !Utf8.IsEmpty && reader.Read() ? reader.TokenType : JsonTokenType.None;
    }
}
