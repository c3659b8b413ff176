using System.Text.Encodings.Web;
using System.Text.Json;
using OpenClaw.Gateway.Protocol.Schema;

namespace OpenClaw.Gateway.Protocol.Json;

/// <summary>The one JSON configuration of the contract: camel case, absent instead of null, no reflection.</summary>
public static class ProtocolJson
{
    /// <summary>Escapes only what JSON demands: frames go to JSON parsers, never into HTML.</summary>
    public static JavaScriptEncoder Encoder => JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    /// <summary>Metadata of all contract types.</summary>
    public static ProtocolJsonContext Context { get; } = new(CreateOptions());

    private static SchemaBuilder Builder { get; } = new(Context.Options);

    /// <summary>The schema of a contract type.</summary>
    public static SchemaNode SchemaOf<T>() => Builder.Build(typeof(T));

    /// <summary>The schema of a contract type.</summary>
    public static SchemaNode SchemaOf(Type type) => Builder.Build(type);

    private static JsonSerializerOptions CreateOptions() => new()
    {
        Encoder = Encoder,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DictionaryKeyPolicy = null,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
        MaxDepth = Limits.ProtocolLimits.MaxDepth,
        Converters = { new IntegerConverter() },
    };
}
