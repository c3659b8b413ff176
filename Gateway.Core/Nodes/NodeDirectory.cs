using OpenClaw.Gateway.Core.Devices;
using OpenClaw.Gateway.Protocol.Methods.Nodes;
using OpenClaw.Gateway.Protocol.Scopes;

namespace OpenClaw.Gateway.Core.Nodes;

/// <summary>Every node there is: the connected ones, and the devices that were approved as nodes.</summary>
internal sealed class NodeDirectory(SharedNodes nodes, NodeCommandPolicy policy, DeviceStore devices)
{
    /// <summary>All of them: connected ones first, then by name.</summary>
    public async Task<IReadOnlyList<NodeRow>> ListAsync(CancellationToken cancellationToken)
    {
        var approved = await ApprovedAsync(cancellationToken).ConfigureAwait(false);
        var live = nodes.All().ToDictionary(node => node.Id, StringComparer.Ordinal);
        return
        [
            .. live.Values.Select(node => Live(node, approved.ContainsKey(node.Id)))
                .Concat(approved.Values.Where(device => !live.ContainsKey(device.DeviceId)).Select(Absent))
                .OrderByDescending(row => row.Connected)
                .ThenBy(row => (row.DisplayName ?? row.NodeId).ToLowerInvariant(), StringComparer.Ordinal)
                .ThenBy(row => row.NodeId, StringComparer.Ordinal),
        ];
    }

    /// <summary>One of them; null when there is none of this id.</summary>
    public async Task<NodeRow?> FindAsync(string nodeId, CancellationToken cancellationToken) =>
        (await ListAsync(cancellationToken).ConfigureAwait(false)).FirstOrDefault(row => row.NodeId == nodeId);

    private async Task<Dictionary<string, PairedDevice>> ApprovedAsync(CancellationToken cancellationToken)
    {
        var paired = await devices.UpdateAsync(static state => (state, state.Paired), cancellationToken).ConfigureAwait(false);
        return paired.Values.Where(static device => device.AllRoles.Contains(ConnectionRoles.Node, StringComparer.Ordinal)).ToDictionary(static device => device.DeviceId, StringComparer.Ordinal);
    }

    private NodeRow Live(NodeCard node, bool paired) => new()
    {
        NodeId = node.Id,
        DisplayName = node.Client.DisplayName,
        Platform = node.Client.Platform,
        Version = node.Client.Version,
        DeviceFamily = node.Client.DeviceFamily,
        ModelIdentifier = node.Client.ModelIdentifier,
        RemoteIp = node.RemoteIp,
        Caps = node.Caps,
        Commands = policy.AllowedOf(node),
        PathEnv = node.PathEnv,
        Permissions = node.Permissions,
        ConnectedAtMs = node.ConnectedAtMs,
        Paired = paired,
        Connected = true,
    };

    private static NodeRow Absent(PairedDevice device) => new()
    {
        NodeId = device.DeviceId,
        DisplayName = device.DisplayName,
        Platform = device.Platform,
        RemoteIp = device.RemoteIp,
        Caps = [],
        Commands = [],
        Paired = true,
        Connected = false,
    };
}
