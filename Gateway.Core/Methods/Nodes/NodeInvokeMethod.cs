using OpenClaw.Gateway.Core.Approvals;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Core.Nodes;
using OpenClaw.Gateway.Protocol.Errors;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Nodes;

namespace OpenClaw.Gateway.Core.Methods.Nodes;

/// <summary><c>node.invoke</c>: lets a node run a command and waits for its answer.</summary>
internal sealed class NodeInvokeMethod(SharedNodes nodes, NodeCommandPolicy policy, NodeInvocations invocations, ApprovedNodeRuns approved) : GatewayMethod<NodeInvokeParams, NodeInvokeResult>(GatewayMethods.NodeInvoke)
{
    protected override async ValueTask<MethodResult<NodeInvokeResult>> RunAsync(NodeInvokeParams parameters, MethodContext context, CancellationToken cancellationToken)
    {
        var (nodeId, command) = (parameters.NodeId.Trim(), parameters.Command.Trim());
        if (nodeId.Length == 0 || command.Length == 0)
            return ErrorShape.InvalidRequest("nodeId and command required");
        if (nodes.Find(nodeId) is not { } node)
            return NodeCallErrors.NotConnected();
        if (policy.RefusalOf(node, command) is { } reason)
            return NodeCallErrors.NotAllowed(reason, command);
        // Null is something to hand over, absent is not.
        var given = context.RawParams.TryGetProperty("params", out var raw) ? raw.GetRawText() : null;
        if (command == "system.run" && given is not null)
        {
            (given, var refusal) = approved.Check(context.Caller, raw);
            if (refusal is not null)
                return ErrorShape.InvalidRequest(refusal);
        }
        var outcome = await invocations.InvokeAsync(nodeId, new NodeCall(command, given, parameters.TimeoutMs, parameters.IdempotencyKey), cancellationToken).ConfigureAwait(false);
        if (NodeCallErrors.Of(outcome, command) is { } error)
            return error;
        var answer = outcome.Answer!;
        return new NodeInvokeResult { NodeId = nodeId, Command = command, Payload = NodeAnswers.Payload(answer), PayloadJson = answer.PayloadJson };
    }
}
