using System.Text.Json;

namespace OpenClaw.Gateway.Core.Dispatch;

/// <summary>Reads params of methods without a schema, where a value of the wrong type counts as absent.</summary>
internal static class LooseParams
{
    /// <summary>A string, trimmed; null when blank.</summary>
    public static string? Text(this JsonElement parameters, string name) =>
        Find(parameters, name) is { ValueKind: JsonValueKind.String } value && value.GetString()!.Trim() is { Length: > 0 } text ? text : null;

    /// <summary>A boolean.</summary>
    public static bool? Flag(this JsonElement parameters, string name) => Find(parameters, name) switch
    {
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => null,
    };

    /// <summary>A number, without its fraction.</summary>
    public static long? Whole(this JsonElement parameters, string name) =>
        Find(parameters, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetDouble(out var number) && Math.Abs(number) < 1e15 ? (long)number : null;

    /// <summary>Whatever is there; null for an absent property and for params that are no object.</summary>
    public static JsonElement? Find(this JsonElement parameters, string name) =>
        parameters.ValueKind is JsonValueKind.Object && parameters.TryGetProperty(name, out var value) ? value : null;
}
