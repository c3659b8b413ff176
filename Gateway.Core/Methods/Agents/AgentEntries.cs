using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Configuration.Loading;
using OpenClaw.Gateway.Core.Configuration.Writing;
using OpenClaw.Gateway.Core.Sessions.Keys;

namespace OpenClaw.Gateway.Core.Methods.Agents;

/// <summary>The agents of a configuration as they are written in its file: what an edit can change.</summary>
internal sealed class AgentEntries
{
    private readonly JsonObject _written;
    private readonly JsonArray _list;
    private readonly ConfigSnapshot _snapshot;

    public AgentEntries(ConfigSnapshot snapshot)
    {
        _snapshot = snapshot;
        _written = snapshot.Parsed as JsonObject ?? [];
        _list = (_written["agents"] as JsonObject)?["list"] as JsonArray ?? [];
    }

    /// <summary>Whether the configuration has the agent, wherever it is written.</summary>
    public bool Has(string agentId) => ListOf(_snapshot.Config).Any(entry => IsOf(entry, agentId));

    /// <summary>Whether no agent is configured, so that there is only the default one.</summary>
    public bool AreEmpty => ListOf(_snapshot.Config).Count == 0;

    /// <summary>Place of the agent in the file itself; null when an included file has it.</summary>
    public int? PlaceOf(string agentId) => Places(_list, entry => IsOf(entry, agentId)) is [var place, ..] ? place : null;

    /// <summary>Adds an entry at the end. The first one gets the default agent beside it, which would not be the default any more otherwise.</summary>
    public ImmutableArray<ConfigEdit> Add(JsonObject entry)
    {
        JsonObject[] added = AreEmpty ? [new JsonObject { ["id"] = AgentId.Default }, entry] : [entry];
        return [.. added.Select((item, i) => new ConfigEdit.Set(At("agents", "list", _list.Count + i), item))];
    }

    /// <summary>Sets values of an entry.</summary>
    public static ImmutableArray<ConfigEdit> Change(int place, params ReadOnlySpan<(string Key, string? Value)> values)
    {
        var edits = ImmutableArray.CreateBuilder<ConfigEdit>();
        foreach (var (key, value) in values)
        {
            if (value is not null)
                edits.Add(new ConfigEdit.Set(ConfigPath.Of("agents", "list", Index(place), key), value));
        }
        return edits.ToImmutable();
    }

    /// <summary>Removes the agent, the bindings that lead to it, and its name from those whom other agents may talk to.</summary>
    public (ImmutableArray<ConfigEdit> Edits, int Bindings) Remove(string agentId)
    {
        var edits = ImmutableArray.CreateBuilder<ConfigEdit>();
        RemoveFrom(_list, entry => IsOf(entry, agentId), edits, "agents", "list");
        var bindings = _written["bindings"] as JsonArray ?? [];
        var removed = RemoveFrom(bindings, binding => binding is JsonObject obj && JsonKinds.IsString(obj["agentId"], out var id) && AgentId.Normalize(id) == agentId, edits, "bindings");
        if (((_written["tools"] as JsonObject)?["agentToAgent"] as JsonObject)?["allow"] is JsonArray allow)
            RemoveFrom(allow, item => JsonKinds.IsString(item, out var id) && id == agentId, edits, "tools", "agentToAgent", "allow");
        return (edits.ToImmutable(), removed);
    }

    private static int RemoveFrom(JsonArray list, Func<JsonNode?, bool> isMeant, ImmutableArray<ConfigEdit>.Builder edits, params string[] path)
    {
        var places = Places(list, isMeant);
        if (places.Count > 0 && places.Count == list.Count)
            edits.Add(new ConfigEdit.Unset(ConfigPath.Of(path)));
        else
            edits.AddRange(Enumerable.Reverse(places).Select(place => new ConfigEdit.Unset(ConfigPath.Of([.. path, Index(place)]))));
        return places.Count;
    }

    private static List<int> Places(JsonArray list, Func<JsonNode?, bool> isMeant) => [.. Enumerable.Range(0, list.Count).Where(i => isMeant(list[i]))];

    private static JsonArray ListOf(JsonObject config) => (config["agents"] as JsonObject)?["list"] as JsonArray ?? [];

    private static bool IsOf(JsonNode? entry, string agentId) => entry is JsonObject obj && JsonKinds.IsString(obj["id"], out var id) && AgentId.Normalize(id) == agentId;

    private static ConfigPath At(string section, string list, int place) => ConfigPath.Of(section, list, Index(place));

    private static string Index(int place) => place.ToString(CultureInfo.InvariantCulture);
}
