using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace OpenClaw.Gateway.Core.Configuration.Options;

/// <summary>
/// Typed reads from one object of the configuration. A key that is missing, or holds another type (possible only for
/// keys the schema does not check), reads as null or as the default given.
/// </summary>
/// <param name="Node">The object, or null when the section is absent.</param>
public readonly record struct ConfigSection(JsonObject? Node)
{
    /// <summary>Whether the section was written.</summary>
    public bool Exists => Node is not null;

    /// <summary>The object under <paramref name="key"/>, possibly absent.</summary>
    public ConfigSection Section(string key) => new(Node?[key] as JsonObject);

    /// <summary>The raw value under <paramref name="key"/>.</summary>
    public JsonNode? Value(string key) => Node?[key];

    /// <summary>A string, untrimmed.</summary>
    public string? String(string key) => Read<string>(key, out var value) ? value : null;

    /// <summary>A string without surrounding blanks, null when blank: for secrets, URLs, names.</summary>
    public string? Text(string key) => String(key)?.Trim() is { Length: > 0 } text ? text : null;

    /// <summary>A boolean.</summary>
    public bool? Bool(string key) => Read<bool>(key, out var value) ? value : null;

    /// <summary>A whole number that fits an <see cref="int"/>.</summary>
    public int? Int(string key) => Long(key) is { } value && value is >= int.MinValue and <= int.MaxValue ? (int)value : null;

    /// <summary>A whole number.</summary>
    public long? Long(string key)
    {
        if (Read<long>(key, out var value))
            return value;
        if (Read<int>(key, out var small))
            return small;
        return Read<double>(key, out var number) && double.IsInteger(number) && Math.Abs(number) < 1e15 ? (long)number : null;
    }

    /// <summary>Any finite number.</summary>
    public double? Number(string key) => Read<double>(key, out var value) ? value : Long(key);

    /// <summary>The strings of an array; other elements are passed over, an absent key is the empty list.</summary>
    public ImmutableArray<string> Strings(string key) => [.. WrittenStrings(key) ?? []];

    /// <summary>The strings of an array, or null when there is no array: for lists where the empty one means something else than none.</summary>
    public IReadOnlyList<string>? WrittenStrings(string key) =>
        Node?[key] is JsonArray array
            ? [.. array.OfType<JsonValue>().Select(item => item.TryGetValue<string>(out var text) ? text : null).OfType<string>()]
            : null;

    /// <summary>The members of the object under <paramref name="key"/> whose values are strings, by name.</summary>
    public IReadOnlyDictionary<string, string> StringMap(string key)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, item) in Section(key).Node ?? [])
        {
            if (item is JsonValue value && value.TryGetValue(out string? text))
                map[name] = text;
        }
        return map;
    }

    /// <summary>The objects of an array.</summary>
    public ImmutableArray<ConfigSection> Sections(string key) =>
        Node?[key] is JsonArray array ? [.. array.OfType<JsonObject>().Select(item => new ConfigSection(item))] : [];

    /// <summary>The members whose values are objects, in file order.</summary>
    public IEnumerable<KeyValuePair<string, ConfigSection>> Children() =>
        (Node ?? []).Where(member => member.Value is JsonObject)
            .Select(member => KeyValuePair.Create(member.Key, new ConfigSection((JsonObject)member.Value!)));

    private bool Read<T>(string key, out T value)
    {
        value = default!;
        return Node?[key] is JsonValue node && node.TryGetValue(out value!);
    }
}
