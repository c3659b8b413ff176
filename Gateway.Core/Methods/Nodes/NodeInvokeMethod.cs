using OpenClaw.Gateway.Core.Approvals;
using OpenClaw.Gateway.Core.Auditing;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Core.Nodes;
using OpenClaw.Gateway.Protocol.Errors;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Nodes;
using OpenClaw.Gateway.Protocol.Scopes;

namespace OpenClaw.Gateway.Core.Methods.Nodes;

/// <summary><c>node.invoke</c>: lets a node run a command and waits for its answer.</summary>
internal sealed class NodeInvokeMethod(SharedNodes nodes, NodeCommandPolicy policy, NodeInvocations invocations, ApprovedNodeRuns approved, Audit audit) : GatewayMethod<NodeInvokeParams, NodeInvokeResult>(GatewayMethods.NodeInvoke)
{
    private const string ApprovalsGet = "system.execApprovals.get";

    private const int MaxNameChars = 64;

    private const string ApprovalsSet = "system.execApprovals.set";

    protected override async ValueTask<MethodResult<NodeInvokeResult>> RunAsync(NodeInvokeParams parameters, MethodContext context, CancellationToken cancellationToken)
    {
        var (nodeId, command) = (parameters.NodeId.Trim(), parameters.Command.Trim());
        if (nodeId.Length == 0 || command.Length == 0)
            return ErrorShape.InvalidRequest("nodeId and command required");
        // Who decides what may run on a node is an admin, whichever way he takes.
        if (command is ApprovalsGet or ApprovalsSet && !context.Caller.IsAdmin)
            return Denied(context, command, MethodAuthorization.Missing(context.Caller, OperatorScopes.Admin));
        if (nodes.Find(nodeId) is not { } node)
            return NodeCallErrors.NotConnected();
        if (policy.RefusalOf(node, command) is { } reason)
            return Denied(context, command, NodeCallErrors.NotAllowed(reason, command));
        // Null is something to hand over, absent is not.
        var given = context.RawParams.TryGetProperty("params", out var raw) ? raw.GetRawText() : null;
        if (command == "system.run" && given is not null)
        {
            (given, var refusal) = await approved.CheckAsync(context.Caller, nodeId, raw, cancellationToken).ConfigureAwait(false);
            if (refusal is not null)
                return Denied(context, command, ErrorShape.InvalidRequest(refusal));
        }
        var outcome = await invocations.InvokeAsync(nodeId, new NodeCall(command, given, parameters.TimeoutMs, parameters.IdempotencyKey), cancellationToken).ConfigureAwait(false);
        if (NodeCallErrors.Of(outcome, command) is { } error)
            return error;
        if (command == ApprovalsSet)
            audit.NodeApprovalsWritten(context.Actor, nodeId);
        var answer = outcome.Answer!;
        return new NodeInvokeResult { NodeId = nodeId, Command = command, Payload = NodeAnswers.Payload(answer), PayloadJson = answer.PayloadJson };
    }

    private ErrorShape Denied(MethodContext context, string command, ErrorShape error)
    {
        // Words of the client that are no name of a command do not belong in the log.
        var named = command.Length <= MaxNameChars && command.All(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-') ? command : "an unknown command";
        audit.CallDenied(context.Actor, $"{GatewayMethods.NodeInvoke.Name} {named}", error.Message);
        return error;
    }
}
