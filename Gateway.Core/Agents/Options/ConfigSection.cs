using System.Text.Json.Nodes;

namespace OpenClaw.Gateway.Core.Agents.Options;

/// <summary>
/// Reads one object of the configuration. A key that is absent or of another type reads as null: the configuration has
/// been validated where it was loaded, and a run must not fail on what validation let pass.
/// </summary>
internal readonly struct ConfigSection(JsonObject? node)
{
    public JsonObject? Node { get; } = node;

    public ConfigSection Section(string key) => new(Node?[key] as JsonObject);

    public string? Text(string key) =>
        Node?[key] is JsonValue value && value.TryGetValue(out string? text) && text.Trim().Length > 0 ? text : null;

    public bool? Flag(string key) => Node?[key] is JsonValue value && value.TryGetValue(out bool flag) ? flag : null;

    public double? Number(string key)
    {
        if (Node?[key] is not JsonValue value)
            return null;
        if (value.TryGetValue(out double number))
            return number;
        if (value.TryGetValue(out long whole))
            return whole;
        return value.TryGetValue(out int small) ? small : null;
    }

    public int? Int(string key) =>
        Number(key) is { } number && number >= int.MinValue && number <= int.MaxValue ? (int)number : null;

    /// <summary>The text items of an array; null when there is no array.</summary>
    public IReadOnlyList<string>? Texts(string key)
    {
        if (Node?[key] is not JsonArray array)
            return null;
        var texts = new List<string>(array.Count);
        foreach (var item in array)
        {
            if (item is JsonValue value && value.TryGetValue(out string? text))
                texts.Add(text);
        }
        return texts;
    }

    /// <summary>The object items of an array.</summary>
    public IEnumerable<ConfigSection> Sections(string key) =>
        Node?[key] is JsonArray array
            ? array.OfType<JsonObject>().Select(static item => new ConfigSection(item))
            : [];

    /// <summary>The members of this object whose values are objects.</summary>
    public IEnumerable<KeyValuePair<string, ConfigSection>> Members() =>
        Node is null
            ? []
            : Node.Where(static member => member.Value is JsonObject)
                .Select(static member => KeyValuePair.Create(member.Key, new ConfigSection((JsonObject)member.Value!)));

    /// <summary>The members of the object at <paramref name="key"/> whose values are text.</summary>
    public IReadOnlyDictionary<string, string> TextMap(string key)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, item) in Section(key).Node ?? [])
        {
            if (item is JsonValue value && value.TryGetValue(out string? text))
                map[name] = text;
        }
        return map;
    }
}
