using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Core.Nodes;
using OpenClaw.Gateway.Protocol.Errors;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Nodes;

namespace OpenClaw.Gateway.Core.Methods.Nodes;

/// <summary><c>node.invoke.result</c>: a node's answer. One that comes late, or twice, is taken and put aside.</summary>
internal sealed class NodeInvokeResultMethod(NodeInvocations invocations) : GatewayMethod<NodeInvokeResultParams, NodeInvokeResultResult>(GatewayMethods.NodeInvokeResult)
{
    /// <summary>Nodes send null for what they leave out, and objects where the contract wants their text.</summary>
    protected override JsonElement Prepare(JsonElement parameters)
    {
        if (parameters.ValueKind is not JsonValueKind.Object || !NeedsRepair(parameters))
            return parameters;
        var repaired = JsonObject.Create(parameters)!;
        if (repaired.TryGetPropertyValue("payloadJSON", out var text) && text?.GetValueKind() is not JsonValueKind.String)
        {
            repaired.Remove("payloadJSON");
            if (text is not null)
                repaired["payload"] = text.DeepClone();
        }
        if (repaired.TryGetPropertyValue("error", out var error) && error is null)
            repaired.Remove("error");
        using var document = JsonDocument.Parse(repaired.ToJsonString());
        return document.RootElement.Clone();
    }

    protected override ValueTask<MethodResult<NodeInvokeResultResult>> RunAsync(NodeInvokeResultParams parameters, MethodContext context, CancellationToken cancellationToken)
    {
        if (parameters.NodeId != LiveNode.IdOf(context.Caller))
            return ValueTask.FromResult<MethodResult<NodeInvokeResultResult>>(ErrorShape.InvalidRequest("nodeId mismatch"));
        var wanted = invocations.Answer(parameters.NodeId, parameters);
        return ValueTask.FromResult<MethodResult<NodeInvokeResultResult>>(new NodeInvokeResultResult { Ignored = wanted ? null : true });
    }

    private static bool NeedsRepair(JsonElement parameters) =>
        (parameters.TryGetProperty("payloadJSON", out var text) && text.ValueKind is not JsonValueKind.String)
        || (parameters.TryGetProperty("error", out var error) && error.ValueKind is JsonValueKind.Null);
}
