using System.Collections.Concurrent;
using OpenClaw.Gateway.Core.Connections;
using OpenClaw.Gateway.Protocol.Connect;

namespace OpenClaw.Gateway.Core.Nodes;

/// <summary>A node while it is connected.</summary>
internal sealed class LiveNode(GatewayConnection connection, long connectedAtMs)
{
    /// <summary>Sessions that one node may follow: phones follow the one that is on the screen.</summary>
    private const int MaxFollowed = 64;

    private readonly ConcurrentDictionary<string, byte> _followed = new(StringComparer.Ordinal);

    /// <summary>The device, or the client's id for a node without one.</summary>
    public string Id { get; } = IdOf(connection.Identity!);

    public GatewayConnection Connection { get; } = connection;

    /// <summary>Cancelled when the node is gone.</summary>
    public CancellationToken Gone { get; } = connection.Aborted;

    public long ConnectedAtMs { get; } = connectedAtMs;

    /// <summary>What it says of itself.</summary>
    public NodeCard Card { get; } = CardOf(connection.Identity!, connectedAtMs);

    public ConnectClient Client => Card.Client;

    /// <summary>The node's id of a connection.</summary>
    public static string IdOf(ConnectionIdentity identity) => identity.DeviceId ?? identity.Client.Id;

    /// <summary>From now on the node gets the chat of this session, by exactly this key. False when it follows too many.</summary>
    public bool Follow(string sessionKey) => _followed.ContainsKey(sessionKey) || (_followed.Count < MaxFollowed && _followed.TryAdd(sessionKey, 0));

    public void Unfollow(string sessionKey) => _followed.TryRemove(sessionKey, out _);

    public bool Follows(string sessionKey) => _followed.ContainsKey(sessionKey);

    private static NodeCard CardOf(ConnectionIdentity identity, long connectedAtMs) => new()
    {
        Id = IdOf(identity),
        Client = identity.Client,
        Caps = Sorted(identity.Caps),
        Declared = Sorted(identity.Node?.Commands ?? []),
        RemoteIp = identity.IsLocal ? null : identity.Address,
        PathEnv = identity.Node?.PathEnv,
        Permissions = identity.Node?.Permissions,
        ConnectedAtMs = connectedAtMs,
    };

    private static IReadOnlyList<string> Sorted(IEnumerable<string> names) =>
        [.. names.Select(static name => name.Trim()).Where(static name => name.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
