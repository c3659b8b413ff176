using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Core.Nodes;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Nodes;
using OpenClaw.Gateway.Protocol.Methods.Status;

namespace OpenClaw.Gateway.Core.Methods.Nodes;

/// <summary><c>node.event</c>: something happened at a node. The answer says that it was heard, not that it had an effect.</summary>
internal sealed class NodeEventMethod(NodeRegistry nodes, NodeEvents events) : GatewayMethod<NodeEventParams, OkResult>(GatewayMethods.NodeEvent)
{
    protected override async ValueTask<MethodResult<OkResult>> RunAsync(NodeEventParams parameters, MethodContext context, CancellationToken cancellationToken)
    {
        var node = nodes.Find(LiveNode.IdOf(context.Caller));
        // A connection whose place a newer one took speaks for the node no more.
        if (node?.Connection.Id == context.ConnectionId)
            await events.HandleAsync(node, parameters.Event, NodeAnswers.Read(parameters.PayloadJson, parameters.Payload), cancellationToken).ConfigureAwait(false);
        return new OkResult();
    }
}
