using System.Text.Json;
using OpenClaw.Gateway.Core.Broadcasting;
using OpenClaw.Gateway.Core.Connections;
using OpenClaw.Gateway.Core.Handshake;
using OpenClaw.Gateway.Protocol.Json;
using OpenClaw.Gateway.Protocol.Methods.Status;

namespace OpenClaw.Gateway.Core.Presence;

/// <summary>Who is there. Rules: protocol page 8.</summary>
internal sealed class PresenceStore(StateVersions versions, GatewaySelf self, TimeProvider time)
{
    /// <summary>A row nobody refreshed disappears after this long; rows of live connections are refreshed by being live.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    /// <summary>Most rows; beyond it the oldest go.</summary>
    public const int MaxRows = 200;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, PresenceEntry> _rows = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _live = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Key, PresenceEntry Row)> _foreign = new(StringComparer.Ordinal);
    private Listing _cached = Listing.None;

    /// <summary>Told under the store's lock what became of a row of this core; the row is null when it is gone.</summary>
    public event Action<string, PresenceEntry?>? RowChanged;

    /// <summary>Key of a connection's row, or null when its kind is not shown (the CLI's calls come and go too fast to mean anything).</summary>
    public static string? KeyOf(ConnectionIdentity identity, string connectionId) =>
        identity.Client.Mode == "cli" ? null : (identity.DeviceId ?? identity.Client.InstanceId ?? connectionId).ToLowerInvariant();

    /// <summary>Adds or refreshes the row of a new connection.</summary>
    public void Connected(ConnectionIdentity identity, string connectionId)
    {
        if (KeyOf(identity, connectionId) is not { } key)
            return;
        var client = identity.Client;
        lock (_gate)
        {
            var known = _rows.GetValueOrDefault(key);
            var host = client.DisplayName ?? client.Id;
            _rows[key] = new PresenceEntry
            {
                Host = host,
                Ip = new ClientAddress(identity.Address, identity.IsLocal).RemoteIp,
                Version = client.Version,
                Platform = client.Platform,
                DeviceFamily = client.DeviceFamily,
                ModelIdentifier = client.ModelIdentifier,
                Mode = client.Mode,
                LastInputSeconds = known?.LastInputSeconds,
                Reason = "connect",
                Text = known?.Text ?? $"Node: {host} · mode {client.Mode}",
                Ts = Now,
                DeviceId = identity.DeviceId,
                Roles = Union(known?.Roles, [identity.Role]),
                Scopes = Union(known?.Scopes, identity.Scopes) is { Count: > 0 } scopes ? scopes : null,
                InstanceId = identity.DeviceId ?? client.InstanceId,
            };
            _live[key] = _live.GetValueOrDefault(key) + 1;
            Changed(key, _rows[key]);
        }
    }

    /// <summary>Marks the row of an ended connection; false when there is none, or another connection keeps it alive.</summary>
    public bool Disconnected(ConnectionIdentity identity, string connectionId)
    {
        if (KeyOf(identity, connectionId) is not { } key)
            return false;
        lock (_gate)
        {
            var left = _live.GetValueOrDefault(key) - 1;
            if (left > 0)
                _live[key] = left;
            else
                _live.Remove(key);
            if (!_rows.TryGetValue(key, out var row))
                return false;
            _rows[key] = row with { Reason = left > 0 ? row.Reason : "disconnect", Ts = Now };
            Changed(key, _rows[key]);
            return true;
        }
    }

    /// <summary>Merges a host's own report into its row; <paramref name="merge"/> gets the known row or null.</summary>
    public PresenceEntry Report(string key, Func<PresenceEntry?, PresenceEntry> merge)
    {
        lock (_gate)
        {
            var row = merge(_rows.GetValueOrDefault(key) ?? ForeignRow(key)) with { Ts = Now };
            _rows[key] = row;
            Changed(key, row);
            return row;
        }
    }

    /// <summary>Takes over what another core shows: <paramref name="source"/> names its row, a null row is gone.</summary>
    public void Adopt(string source, string key, PresenceEntry? row)
    {
        lock (_gate)
        {
            if (row is null)
                _foreign.Remove(source);
            else
                _foreign[source] = (key, row);
            versions.BumpPresence();
        }
    }

    /// <summary>Whether another core shows such a row.</summary>
    public bool AnyElsewhere(Func<PresenceEntry, bool> wanted)
    {
        lock (_gate)
            return _foreign.Values.Any(row => wanted(row.Row));
    }

    /// <summary>All rows, newest first.</summary>
    public IReadOnlyList<PresenceEntry> List()
    {
        lock (_gate)
            return Refresh().Rows;
    }

    /// <summary>The same as JSON; made at most once per millisecond and change.</summary>
    public ReadOnlyMemory<byte> ListJson()
    {
        lock (_gate)
        {
            var listing = Refresh();
            return listing.Json.IsEmpty
                ? (_cached = listing with { Json = JsonSerializer.SerializeToUtf8Bytes(listing.Rows, ProtocolJson.Context.IReadOnlyListPresenceEntry) }).Json
                : listing.Json;
        }
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private Listing Refresh()
    {
        var now = Now;
        if (_cached.At == now && _cached.Version == versions.Presence)
            return _cached;
        Trim(now);
        // The gateway's own row first among equals: its time is now.
        var rows = AllRows().Append(self.Entry(now)).OrderByDescending(row => row.Ts).ThenBy(row => row.Mode == "gateway" ? 0 : 1).ToArray();
        return _cached = new Listing(now, versions.Presence, rows, default);
    }

    private IEnumerable<PresenceEntry> AllRows()
    {
        if (_foreign.Count == 0)
            return _rows.Values;
        // A client that is connected to two cores, or went from one to the other, is one client: the newest row, with the rights of all.
        return _rows.Select(pair => (pair.Key, Row: pair.Value)).Concat(_foreign.Values)
            .GroupBy(pair => pair.Key, pair => pair.Row, StringComparer.Ordinal)
            .Select(Merge)
            .OrderByDescending(row => row.Ts)
            .Take(MaxRows);
    }

    private static PresenceEntry Merge(IEnumerable<PresenceEntry> rows)
    {
        PresenceEntry[] newestFirst = [.. rows.OrderByDescending(row => row.Ts)];
        if (newestFirst.Length == 1)
            return newestFirst[0];
        string[] roles = [.. newestFirst.SelectMany(row => row.Roles ?? []).Distinct(StringComparer.Ordinal)];
        string[] scopes = [.. newestFirst.SelectMany(row => row.Scopes ?? []).Distinct(StringComparer.Ordinal)];
        return newestFirst[0] with { Roles = roles.Length > 0 ? roles : null, Scopes = scopes.Length > 0 ? scopes : null };
    }

    private PresenceEntry? ForeignRow(string key) => _foreign.Values.Where(pair => pair.Key == key).Select(pair => pair.Row).MaxBy(row => row.Ts);

    private void Trim(long now)
    {
        var oldest = now - (long)Lifetime.TotalMilliseconds;
        foreach (var (key, _) in _rows.Where(row => row.Value.Ts < oldest && !_live.ContainsKey(row.Key)).ToArray())
            Drop(key);
        foreach (var (key, _) in _rows.OrderBy(row => row.Value.Ts).Take(Math.Max(0, _rows.Count - MaxRows)).ToArray())
            Drop(key);
    }

    private void Drop(string key)
    {
        _rows.Remove(key);
        RowChanged?.Invoke(key, null);
    }

    private void Changed(string key, PresenceEntry row)
    {
        versions.BumpPresence();
        RowChanged?.Invoke(key, row);
    }

    private static IReadOnlyList<string> Union(IReadOnlyList<string>? known, IReadOnlyList<string> added) =>
        [.. (known ?? []).Concat(added).Distinct(StringComparer.Ordinal)];

    private sealed record Listing(long At, long Version, IReadOnlyList<PresenceEntry> Rows, ReadOnlyMemory<byte> Json)
    {
        public static Listing None { get; } = new(-1, -1, [], default);
    }
}
