using System.Text.Json;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Core.Nodes;

namespace OpenClaw.Gateway.Core.Methods.Approvals;

/// <summary>Asks a node about its approvals, whether it declared the command or not.</summary>
internal static class NodeApprovals
{
    public static async Task<MethodResult<JsonElement>> AskAsync(NodeInvocations nodes, string nodeId, NodeCall call, CancellationToken cancellationToken)
    {
        var outcome = await nodes.InvokeAsync(nodeId.Trim(), call, cancellationToken).ConfigureAwait(false);
        if (outcome.Status is NodeCallStatus.NotConnected)
            return NodeCallErrors.NotConnectedAfterAll();
        if (NodeCallErrors.Of(outcome, call.Command) is { } error)
            return error;
        return NodeAnswers.Payload(outcome.Answer!) ?? JsonElement.Parse("null");
    }
}
