using System.Text.Json;

namespace OpenClaw.Cli.Output;

/// <summary>Lists in the JSON of commands.</summary>
internal static class JsonLists
{
    /// <summary>Writes a list of texts; nothing when there is none in it.</summary>
    public static void Write(Utf8JsonWriter writer, string name, IReadOnlyList<string>? items)
    {
        if (items is not { Count: > 0 })
            return;
        writer.WriteStartArray(name);
        foreach (var item in items)
            writer.WriteStringValue(item);
        writer.WriteEndArray();
    }
}
