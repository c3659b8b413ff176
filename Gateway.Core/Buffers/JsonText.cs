using System.Text.Json;

namespace OpenClaw.Gateway.Core.Buffers;

/// <summary>Checks of JSON that its readers do not make.</summary>
internal static class JsonText
{
    /// <summary>A lone <c>\ud800</c> is JSON, but no text; every later read of it would fail.</summary>
    /// <param name="json">The whole JSON text, as UTF-8.</param>
    /// <param name="maxDepth">Most levels of nesting.</param>
    /// <exception cref="JsonException">It is no JSON, or too deep.</exception>
    public static bool HasBrokenText(ReadOnlySpan<byte> json, int maxDepth) => HasBroken(json, maxDepth, namesOnly: false);

    /// <summary>The same of names alone.</summary>
    /// <param name="json">The whole JSON text, as UTF-8, of at most 64 levels.</param>
    public static bool HasBrokenName(ReadOnlySpan<byte> json) => HasBroken(json, 64, namesOnly: true);

    private static bool HasBroken(ReadOnlySpan<byte> json, int maxDepth, bool namesOnly)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = maxDepth });
        while (reader.Read())
        {
            if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName) || !reader.ValueIsEscaped || (namesOnly && reader.TokenType is JsonTokenType.String))
                continue;
            try
            {
                reader.GetString();
            }
            catch (InvalidOperationException)
            {
                return true;
            }
        }
        return false;
    }
}
