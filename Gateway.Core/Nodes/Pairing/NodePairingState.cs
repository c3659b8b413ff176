using System.Collections.Immutable;

namespace OpenClaw.Gateway.Core.Nodes.Pairing;

/// <summary>Content of both node files.</summary>
internal sealed record NodePairingState(ImmutableDictionary<string, PairedNode> Paired, ImmutableDictionary<string, NodePairingRequest> Pending)
{
    /// <summary>A request nobody decides about disappears after this long.</summary>
    public static readonly TimeSpan RequestLifetime = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Without the requests that are over: expired ones, and those whose approval was written before the process was killed
    /// (the approved node is stored first).
    /// </summary>
    public NodePairingState WithoutOver(long nowMs)
    {
        var oldest = nowMs - (long)RequestLifetime.TotalMilliseconds;
        var over = Pending.Values.Where(request => request.Ts < oldest || IsApproved(request)).Select(request => request.RequestId).ToArray();
        return over.Length == 0 ? this : this with { Pending = Pending.RemoveRange(over) };
    }

    /// <summary>With the request's node approved, under a new token.</summary>
    public (NodePairingState Next, PairedNode Node) Approve(NodePairingRequest request, string token, long nowMs)
    {
        var known = Paired.GetValueOrDefault(request.NodeId);
        var node = new PairedNode
        {
            NodeId = request.NodeId,
            Token = token,
            DisplayName = request.DisplayName,
            Platform = request.Platform,
            Version = request.Version,
            CoreVersion = request.CoreVersion,
            UiVersion = request.UiVersion,
            DeviceFamily = request.DeviceFamily,
            ModelIdentifier = request.ModelIdentifier,
            Caps = request.Caps,
            Commands = request.Commands,
            Permissions = request.Permissions,
            RemoteIp = request.RemoteIp,
            Bins = known?.Bins,
            CreatedAtMs = known?.CreatedAtMs ?? nowMs,
            // Later than the request even when the clock is not: that is how a kill before the second file is noticed.
            ApprovedAtMs = Math.Max(nowMs, request.Ts),
            LastConnectedAtMs = known?.LastConnectedAtMs,
            Other = known?.Other,
        };
        return (new NodePairingState(Paired.SetItem(node.NodeId, node), Pending.Remove(request.RequestId)), node);
    }

    /// <summary>True when the request was decided already; one that asks again within the millisecond of an approval waits.</summary>
    private bool IsApproved(NodePairingRequest request) =>
        Paired.GetValueOrDefault(request.NodeId) is { } node && (node.ApprovedAtMs > request.Ts || (node.ApprovedAtMs == request.Ts && !request.IsRepair));
}
