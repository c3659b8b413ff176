using OpenClaw.Gateway.Core.Broadcasting;

namespace OpenClaw.Gateway.Core.Nodes;

/// <summary>Sends the run events of a session to the nodes that asked for them; as nodes they get no others.</summary>
internal sealed class NodeFollowers(NodeRegistry nodes)
{
    /// <summary>False when no node is connected.</summary>
    public bool AreThere => nodes.All.Any();

    /// <summary>Sends an event, outside the sequence; nodes that are far behind miss it.</summary>
    public void Send(string name, string? sessionKey, ReadOnlyMemory<byte> payloadJson)
    {
        if (sessionKey is null)
            return;
        foreach (var node in nodes.All)
        {
            if (node.Follows(sessionKey))
                Broadcaster.SendTo(node.Connection, name, payloadJson);
        }
    }
}
