using System.Text.Json.Nodes;

namespace OpenClaw.Gateway.Core.Configuration.Loading;

/// <summary>A place in a configuration file.</summary>
/// <param name="File">Absolute path.</param>
/// <param name="Line">1-based.</param>
/// <param name="Column">1-based, in UTF-16 units.</param>
internal readonly record struct SourcePosition(string File, int Line, int Column);

/// <summary>
/// Remembers where each JSON value was written. Values keep their identity while includes are merged and old keys
/// renamed, so a complaint about the final configuration can still name the line a person typed.
/// </summary>
internal sealed class ConfigOrigins
{
    private readonly Dictionary<JsonNode, SourcePosition> _values = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<(JsonNode Parent, string Key), SourcePosition> _nulls = [];

    public void Record(JsonNode value, SourcePosition position) => _values[value] = position;

    /// <summary>JSON's null has no node of its own, so it is found through its parent.</summary>
    public void RecordNull(JsonNode parent, string key, SourcePosition position) => _nulls[(parent, key)] = position;

    public void Replace(JsonNode old, JsonNode replacement)
    {
        if (_values.TryGetValue(old, out var position))
            _values[replacement] = position;
    }

    /// <summary>Where the value stands, or its nearest parent that was written; null for what defaults added.</summary>
    public SourcePosition? Find(JsonNode? value, JsonNode? parent, string? key)
    {
        if (value is not null && _values.TryGetValue(value, out var own))
            return own;
        if (value is null && parent is not null && key is not null && _nulls.TryGetValue((parent, key), out var ofNull))
            return ofNull;
        for (var node = parent; node is not null; node = node.Parent)
        {
            if (_values.TryGetValue(node, out var position))
                return position;
        }
        return null;
    }

    /// <summary>Where exactly this value stands, or null when it was not written in a file.</summary>
    public SourcePosition? FindExact(JsonNode? value) =>
        value is not null && _values.TryGetValue(value, out var position) ? position : null;
}
