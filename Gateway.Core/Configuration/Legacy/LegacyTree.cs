using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Configuration.Loading;

namespace OpenClaw.Gateway.Core.Configuration.Legacy;

/// <summary>
/// A configuration tree in which keys move. A moved value keeps its identity (and so its place in the file); where the
/// new key has a value already, that one wins.
/// </summary>
internal sealed class LegacyTree(JsonObject root, ConfigOrigins origins)
{
    public JsonObject Root { get; } = root;

    public List<ConfigIssue> Issues { get; } = [];

    public JsonObject? Object(params ReadOnlySpan<string> path) => Value(path) as JsonObject;

    public JsonNode? Value(params ReadOnlySpan<string> path)
    {
        JsonNode? node = Root;
        foreach (var segment in path)
            node = (node as JsonObject)?[segment];
        return node;
    }

    /// <summary>Moves <paramref name="from"/> to <paramref name="to"/> when it exists, and reports it.</summary>
    public void Move(string from, string to)
    {
        var source = from.Split('.');
        if (Object(source.AsSpan()[..^1]) is not { } holder || !holder.ContainsKey(source[^1]))
            return;
        Report(from, to);
        Put(Take(from), to.Split('.'));
    }

    /// <summary>Detaches a value, and removes the objects that this leaves empty.</summary>
    public JsonNode? Take(string path)
    {
        var segments = path.Split('.');
        var holder = Object(segments.AsSpan()[..^1]);
        var value = holder?[segments[^1]];
        holder?.Remove(segments[^1]);
        for (var depth = segments.Length - 1; depth > 0; depth--)
        {
            if (Object(segments.AsSpan()[..depth]) is not { Count: 0 })
                break;
            Object(segments.AsSpan()[..(depth - 1)])!.Remove(segments[depth - 1]);
        }
        return value;
    }

    /// <summary>Attaches a value; objects are filled in, other values lose against what is there.</summary>
    public void Put(JsonNode? value, ReadOnlySpan<string> path) => Put(Root, value, path);

    public static void Put(JsonObject root, JsonNode? value, ReadOnlySpan<string> path)
    {
        var holder = root;
        foreach (var segment in path[..^1])
        {
            if (holder[segment] is not JsonObject next)
            {
                if (holder.ContainsKey(segment))
                    return;
                next = [];
                holder[segment] = next;
            }
            holder = next;
        }
        if (!holder.TryGetPropertyValue(path[^1], out var existing))
            holder[path[^1]] = value;
        else if (existing is JsonObject newer && value is JsonObject older)
            ConfigMerge.FillIn(newer, older);
    }

    public void Report(string from, string to)
    {
        var segments = from.Split('.');
        var holder = Value(segments.AsSpan()[..^1]);
        var place = origins.Find((holder as JsonObject)?[segments[^1]], holder, segments[^1]);
        Issues.Add(IssueFactory.Create(from, $"{from} was moved; use {to} instead (auto-migrated on load).", null, place));
    }
}
