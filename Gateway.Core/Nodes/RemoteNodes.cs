using System.Text.Json;
using Microsoft.Extensions.Hosting;
using OpenClaw.Gateway.Bus;
using OpenClaw.Gateway.Bus.Calls;
using OpenClaw.Gateway.Core.Cluster;

namespace OpenClaw.Gateway.Core.Nodes;

/// <summary>A question to a node that is connected to another core.</summary>
internal sealed record RemoteNodeCall(string NodeId, NodeCall Call);

/// <summary>Asks the core that a node is connected to.</summary>
internal sealed class RemoteNodes(IBus bus)
{
    /// <summary>What the way to the other core and back may take beyond the node's own time.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LongestCall = TimeSpan.FromHours(1);

    /// <summary>The service that a core answers under.</summary>
    public static string ServiceOf(string core) => "core.nodes." + core;

    /// <summary>Asks. The death of that core ends the call within seconds, as the node's leaving does. No call takes longer than an hour.</summary>
    /// <exception cref="BusUnavailableException">The other core cannot be reached; the node was not asked.</exception>
    public async Task<NodeCallOutcome> InvokeAsync(string core, string nodeId, NodeCall call, CancellationToken cancellationToken)
    {
        var request = JsonSerializer.SerializeToUtf8Bytes(new RemoteNodeCall(nodeId, call), NodeClusterJson.Default.RemoteNodeCall);
        var timeout = NodeInvocations.TimeoutOf(call) + Grace;
        var result = await bus.Calls.CallAsync(ServiceOf(core), request, new CallOptions { Timeout = timeout < LongestCall ? timeout : LongestCall }, cancellationToken).ConfigureAwait(false);
        return result.Outcome switch
        {
            CallOutcome.Answered => JsonSerializer.Deserialize(result.Payload.Span, NodeClusterJson.Default.NodeCallOutcome),
            // Nobody serves it: the core is gone, and the node with it until it connects anew.
            CallOutcome.NoServer => new NodeCallOutcome(NodeCallStatus.NotConnected),
            CallOutcome.Overloaded or CallOutcome.TooLarge => new NodeCallOutcome(NodeCallStatus.NotSent),
            CallOutcome.Unavailable => throw new BusUnavailableException("The cores of the gateway cannot reach each other."),
            CallOutcome.DeadlineExceeded => new NodeCallOutcome(NodeCallStatus.TimedOut),
            _ => new NodeCallOutcome(NodeCallStatus.Disconnected),
        };
    }
}

/// <summary>Asks this core's nodes for other cores.</summary>
internal sealed class RemoteNodeServer(IBus bus, CoreId self, NodeInvocations invocations, TimeProvider time) : BackgroundService
{
    private static readonly CallServerOptions Limits = new() { MaxConcurrency = 1000, MaxWaiting = 1000 };

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        bus.ServeAlwaysAsync(RemoteNodes.ServiceOf(self.Value), (request, cancellationToken) => AnswerAsync(request, cancellationToken), Limits, time, stoppingToken);

    private async ValueTask<ReadOnlyMemory<byte>> AnswerAsync(CallRequest request, CancellationToken cancellationToken)
    {
        var call = JsonSerializer.Deserialize(request.Payload.Span, NodeClusterJson.Default.RemoteNodeCall) ?? throw new JsonException("null");
        var outcome = await invocations.InvokeHereAsync(call.NodeId, call.Call, cancellationToken).ConfigureAwait(false);
        return JsonSerializer.SerializeToUtf8Bytes(outcome, NodeClusterJson.Default.NodeCallOutcome);
    }
}
