using System.Collections.Concurrent;
using System.Text.Json;
using OpenClaw.Gateway.Core.Broadcasting;
using OpenClaw.Gateway.Protocol.Events;
using OpenClaw.Gateway.Protocol.Json;
using OpenClaw.Gateway.Protocol.Methods.Nodes;

namespace OpenClaw.Gateway.Core.Nodes;

/// <summary>How asking a node ended.</summary>
internal enum NodeCallStatus
{
    /// <summary>It answered, well or badly.</summary>
    Answered,

    /// <summary>There is no such node now.</summary>
    NotConnected,

    /// <summary>Its connection takes no more.</summary>
    NotSent,

    TimedOut,

    /// <summary>It went away before it answered.</summary>
    Disconnected,
}

/// <summary>Outcome of <see cref="NodeInvocations.InvokeAsync"/>; the answer is set when there was one.</summary>
internal readonly record struct NodeCallOutcome(NodeCallStatus Status, NodeInvokeResultParams? Answer = null);

/// <summary>What a node is asked.</summary>
/// <param name="Command">The command.</param>
/// <param name="ParamsJson">JSON of its params, or null for none.</param>
/// <param name="TimeoutMs">How long to wait; null waits <see cref="NodeInvocations.DefaultTimeout"/>, and the node is told of no limit.</param>
/// <param name="IdempotencyKey">By which the node recognises a repeat.</param>
internal sealed record NodeCall(string Command, string? ParamsJson, long? TimeoutMs = null, string? IdempotencyKey = null);

/// <summary>
/// Asks nodes and waits for their answers. A question is over with the first of: its answer, its time, the end of the node's
/// connection, the caller's leaving. What comes after that is told to be too late.
/// </summary>
internal sealed class NodeInvocations(NodeRegistry nodes, SharedNodes shared, RemoteNodes remote, NodePulse pulse, TimeProvider time)
{
    /// <summary>The peer's number.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Longest time a timer can be set to.</summary>
    private const long LongestTimeoutMs = int.MaxValue;

    private readonly ConcurrentDictionary<string, Waiting> _waiting = new(StringComparer.Ordinal);

    /// <summary>Questions without an answer yet.</summary>
    public int Count => _waiting.Count;

    /// <summary>How long a call may take.</summary>
    public static TimeSpan TimeoutOf(NodeCall call) => TimeSpan.FromMilliseconds(Math.Min(call.TimeoutMs ?? (long)DefaultTimeout.TotalMilliseconds, LongestTimeoutMs));

    /// <summary>Asks a node, whichever core it is connected to.</summary>
    /// <exception cref="OpenClaw.Gateway.Bus.BusUnavailableException">It is connected to another core, and that cannot be reached.</exception>
    public Task<NodeCallOutcome> InvokeAsync(string nodeId, NodeCall call, CancellationToken cancellationToken) =>
        shared.CoreOf(nodeId) is { } core ? remote.InvokeAsync(core, nodeId, call, cancellationToken) : InvokeHereAsync(nodeId, call, cancellationToken);

    /// <summary>Asks a node that is connected to this core.</summary>
    public async Task<NodeCallOutcome> InvokeHereAsync(string nodeId, NodeCall call, CancellationToken cancellationToken)
    {
        if (nodes.Find(nodeId) is not { } node)
            return new NodeCallOutcome(NodeCallStatus.NotConnected);
        var id = Guid.NewGuid().ToString();
        var waiting = new Waiting(node.Id, new TaskCompletionSource<NodeInvokeResultParams>(TaskCreationOptions.RunContinuationsAsynchronously));
        _waiting[id] = waiting;
        try
        {
            if (!Send(node, id, call))
                return new NodeCallOutcome(NodeCallStatus.NotSent);
            // A node that died without a word is found out now, not at its next regular ping.
            using var pulsing = pulse.Await(node);
            using var over = CancellationTokenSource.CreateLinkedTokenSource(node.Gone, cancellationToken);
            return new NodeCallOutcome(NodeCallStatus.Answered, await waiting.Answer.Task.WaitAsync(TimeoutOf(call), time, over.Token).ConfigureAwait(false));
        }
        catch (TimeoutException)
        {
            return new NodeCallOutcome(NodeCallStatus.TimedOut);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new NodeCallOutcome(NodeCallStatus.Disconnected);
        }
        finally
        {
            _waiting.TryRemove(id, out _);
        }
    }

    /// <summary>A node answered. False when nobody waits for it any more, or it was not this node that was asked.</summary>
    public bool Answer(string nodeId, NodeInvokeResultParams answer) =>
        _waiting.TryGetValue(answer.Id, out var waiting) && waiting.NodeId == nodeId && waiting.Answer.TrySetResult(answer);

    private static bool Send(LiveNode node, string id, NodeCall call)
    {
        var request = new NodeInvokeRequestEvent
        {
            Id = id,
            NodeId = node.Id,
            Command = call.Command,
            ParamsJson = call.ParamsJson,
            TimeoutMs = call.TimeoutMs,
            IdempotencyKey = call.IdempotencyKey,
        };
        return Broadcaster.SendTo(node.Connection, EventNames.NodeInvokeRequest, JsonSerializer.SerializeToUtf8Bytes(request, ProtocolJson.Context.NodeInvokeRequestEvent));
    }

    private sealed record Waiting(string NodeId, TaskCompletionSource<NodeInvokeResultParams> Answer);
}
