using System.Text.Json;

namespace OpenClaw.Gateway.Core.Sessions.Json;

/// <summary>Changes single places of a JSON object and leaves every other byte as it is.</summary>
internal static class JsonSplice
{
    /// <summary>Puts members (<c>"a":1,"b":2</c>) in front of the others of an object.</summary>
    public static byte[] Prepend(ReadOnlySpan<byte> json, ReadOnlySpan<byte> members)
    {
        var reader = JsonLayout.Read(json);
        reader.Read();
        var open = (int)reader.BytesConsumed;
        reader.Read();
        var empty = reader.TokenType == JsonTokenType.EndObject;
        return [.. json[..open], .. members, .. empty ? ""u8 : ","u8, .. json[open..]];
    }

    /// <summary>Replaces the value at <paramref name="path"/>; null when there is none.</summary>
    public static byte[]? Replace(ReadOnlySpan<byte> json, ReadOnlySpan<byte> value, params ReadOnlySpan<string> path)
    {
        var reader = JsonLayout.Read(json);
        reader.Read();
        foreach (var name in path)
        {
            if (reader.TokenType != JsonTokenType.StartObject || !Find(ref reader, name))
                return null;
        }
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return [.. json[..start], .. value, .. json[(int)reader.BytesConsumed..]];
    }

    private static bool Find(ref Utf8JsonReader reader, string name)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var match = !reader.ValueIsEscaped && reader.ValueTextEquals(name);
            reader.Read();
            if (match)
                return true;
            reader.Skip();
        }
        return false;
    }
}
