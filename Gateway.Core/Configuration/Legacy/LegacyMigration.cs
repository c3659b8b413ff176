using System.Collections.Immutable;
using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Configuration.Loading;
using OpenClaw.Gateway.Core.Configuration.Writing;

namespace OpenClaw.Gateway.Core.Configuration.Legacy;

/// <summary>Rewrites the keys of older versions in the file itself, for <c>doctor --fix</c>.</summary>
public static class LegacyMigration
{
    /// <summary>
    /// The edits that give every old key of the configuration file its new name, with the values as written
    /// (<c>${NAME}</c> stays). Old keys in included files are not touched; a person put them there. Empty when there is
    /// nothing to do.
    /// </summary>
    /// <param name="snapshot">A reading of the configuration.</param>
    public static ImmutableArray<ConfigEdit> EditsFor(ConfigSnapshot snapshot)
    {
        if (snapshot.Parsed is not JsonObject before)
            return [];
        var after = before.DeepClone().AsObject();
        LegacyKeys.Apply(after, new ConfigOrigins());
        return ConfigDifference.Edits(before, after);
    }
}
