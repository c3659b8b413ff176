using OpenClaw.Gateway.Protocol.Events;
using OpenClaw.Gateway.Protocol.Methods.Nodes;

namespace OpenClaw.Gateway.Core.Nodes.Pairing;

/// <summary>What the contract shows of the node files.</summary>
internal static class NodePairingViews
{
    public static NodePairListResult List(NodePairingState state) => new()
    {
        Pending = [.. state.Pending.Values.OrderByDescending(request => request.Ts).Select(Request)],
        Paired = [.. state.Paired.Values.OrderByDescending(node => node.ApprovedAtMs).Select(Node)],
    };

    public static NodePairRequestedEvent Request(NodePairingRequest request) => new()
    {
        RequestId = request.RequestId,
        NodeId = request.NodeId,
        DisplayName = request.DisplayName,
        Platform = request.Platform,
        Version = request.Version,
        CoreVersion = request.CoreVersion,
        UiVersion = request.UiVersion,
        DeviceFamily = request.DeviceFamily,
        ModelIdentifier = request.ModelIdentifier,
        Caps = request.Caps,
        Commands = request.Commands,
        RemoteIp = request.RemoteIp,
        Silent = request.Silent,
        IsRepair = request.IsRepair,
        Ts = request.Ts,
    };

    public static PairedNodeRow Node(PairedNode node) => new()
    {
        NodeId = node.NodeId,
        Token = node.Token,
        DisplayName = node.DisplayName,
        Platform = node.Platform,
        Version = node.Version,
        CoreVersion = node.CoreVersion,
        UiVersion = node.UiVersion,
        DeviceFamily = node.DeviceFamily,
        ModelIdentifier = node.ModelIdentifier,
        Caps = node.Caps,
        Commands = node.Commands,
        Bins = node.Bins,
        Permissions = node.Permissions,
        RemoteIp = node.RemoteIp,
        CreatedAtMs = node.CreatedAtMs,
        ApprovedAtMs = node.ApprovedAtMs,
        LastConnectedAtMs = node.LastConnectedAtMs,
    };
}
