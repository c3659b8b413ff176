using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace OpenClaw.Gateway.Core.Configuration.Writing;

/// <summary>The edits between two versions of a configuration: the way to write a changed copy without losing comments.</summary>
public static class ConfigDifference
{
    /// <summary>
    /// Sets and removals that turn <paramref name="before"/> into <paramref name="after"/>, as deep in the tree as
    /// possible. Lists are replaced as a whole.
    /// </summary>
    /// <param name="before">The configuration as written (<see cref="ConfigSnapshot.Parsed"/>).</param>
    /// <param name="after">The configuration as it should be.</param>
    public static ImmutableArray<ConfigEdit> Edits(JsonObject before, JsonObject after)
    {
        var edits = ImmutableArray.CreateBuilder<ConfigEdit>();
        Compare(before, after, [], edits);
        return edits.ToImmutable();
    }

    private static void Compare(JsonObject before, JsonObject after, string[] path, ImmutableArray<ConfigEdit>.Builder edits)
    {
        foreach (var (key, value) in after)
        {
            string[] here = [.. path, key];
            var known = before.TryGetPropertyValue(key, out var old);
            if (old is JsonObject inner && value is JsonObject changed)
                Compare(inner, changed, here, edits);
            else if (!known || !JsonNode.DeepEquals(old, value))
                edits.Add(new ConfigEdit.Set(ConfigPath.Of(here), value?.DeepClone()));
        }
        foreach (var (key, _) in before)
        {
            if (!after.ContainsKey(key))
                edits.Add(new ConfigEdit.Unset(ConfigPath.Of([.. path, key])));
        }
    }
}
