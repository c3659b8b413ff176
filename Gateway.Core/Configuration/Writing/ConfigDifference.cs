using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;

namespace OpenClaw.Gateway.Core.Configuration.Writing;

/// <summary>The edits between two versions of a configuration: the way to write a changed copy without losing comments.</summary>
public static class ConfigDifference
{
    /// <summary>
    /// Sets and removals that turn <paramref name="before"/> into <paramref name="after"/>, as deep in the tree as possible. Items of a
    /// list are changed, added at its end and removed one by one; a list whose items moved is replaced as a whole.
    /// </summary>
    /// <param name="before">The configuration as written (<see cref="ConfigSnapshot.Parsed"/>).</param>
    /// <param name="after">The configuration as it should be.</param>
    public static ImmutableArray<ConfigEdit> Edits(JsonObject before, JsonObject after)
    {
        var edits = ImmutableArray.CreateBuilder<ConfigEdit>();
        Compare(before, after, [], edits);
        return edits.ToImmutable();
    }

    internal static ImmutableArray<ConfigEdit> Edits(JsonArray before, JsonArray after, string[] path)
    {
        var edits = ImmutableArray.CreateBuilder<ConfigEdit>();
        Compare(before, after, path, edits);
        return edits.ToImmutable();
    }

    private static void Compare(JsonObject before, JsonObject after, string[] path, ImmutableArray<ConfigEdit>.Builder edits)
    {
        foreach (var (key, value) in after)
        {
            string[] here = [.. path, key];
            if (before.TryGetPropertyValue(key, out var old))
                Compare(old, value, here, edits);
            else
                edits.Add(new ConfigEdit.Set(ConfigPath.Of(here), value?.DeepClone()));
        }
        foreach (var (key, _) in before)
        {
            if (!after.ContainsKey(key))
                edits.Add(new ConfigEdit.Unset(ConfigPath.Of([.. path, key])));
        }
    }

    private static void Compare(JsonNode? before, JsonNode? after, string[] path, ImmutableArray<ConfigEdit>.Builder edits)
    {
        if (before is JsonObject inner && after is JsonObject changed)
            Compare(inner, changed, path, edits);
        else if (before is JsonArray list && after is JsonArray changedList)
            Compare(list, changedList, path, edits);
        else if (!JsonNode.DeepEquals(before, after))
            edits.Add(new ConfigEdit.Set(ConfigPath.Of(path), after?.DeepClone()));
    }

    private static void Compare(JsonArray before, JsonArray after, string[] path, ImmutableArray<ConfigEdit>.Builder edits)
    {
        if (JsonNode.DeepEquals(before, after))
            return;
        if (Kept(before, after) is not { } kept)
        {
            edits.Add(new ConfigEdit.Set(ConfigPath.Of(path), after.DeepClone()));
            return;
        }
        for (var i = before.Count - 1; i >= 0; i--)
        {
            if (!kept.Contains(i))
                edits.Add(new ConfigEdit.Unset(At(path, i)));
        }
        for (var i = 0; i < after.Count; i++)
        {
            if (i < kept.Count)
                Compare(before[kept[i]], after[i], [.. path, Index(i)], edits);
            else
                edits.Add(new ConfigEdit.Set(At(path, i), after[i]?.DeepClone()));
        }
    }

    /// <summary>
    /// Places in <paramref name="before"/> of the first items of <paramref name="after"/>, when all others of it are gone and the rest of
    /// <paramref name="after"/> is new; null when the items moved, or hardly any is left.
    /// </summary>
    private static List<int>? Kept(JsonArray before, JsonArray after)
    {
        var kept = new List<int>();
        var from = 0;
        foreach (var item in after)
        {
            var found = -1;
            for (var i = from; i < before.Count && found < 0; i++)
                found = IsSame(before[i], item) ? i : -1;
            if (found < 0)
                break;
            kept.Add(found);
            from = found + 1;
        }
        // What comes after the kept ones has to be new: an item of the list before would have moved.
        var moved = after.Skip(kept.Count).Any(item => before.Any(old => IsSame(old, item)));
        return moved || (kept.Count == 0 && before.Count > 0) ? null : kept;
    }

    private static bool IsSame(JsonNode? before, JsonNode? after) =>
        JsonNode.DeepEquals(before, after) || (ListItems.NameOf(before) is { } name && name == ListItems.NameOf(after));

    private static ConfigPath At(string[] path, int index) => ConfigPath.Of([.. path, Index(index)]);

    private static string Index(int index) => index.ToString(CultureInfo.InvariantCulture);
}
