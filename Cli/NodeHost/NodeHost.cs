using System.Text.Json;
using OpenClaw.Gateway.Client;
using OpenClaw.Gateway.Client.Connections;
using OpenClaw.Gateway.Client.Errors;
using OpenClaw.Gateway.Protocol.Events;
using OpenClaw.Gateway.Protocol.Json;
using OpenClaw.Gateway.Protocol.Methods.Nodes;

namespace OpenClaw.Cli.NodeHost;

/// <summary>
/// Serves a gateway as a node, for good: it reconnects after every interruption, and after a refusal looks again with the settings as
/// they are then, since somebody may mend them.
/// </summary>
/// <param name="configure">Where and as whom to connect; asked before every series of attempts.</param>
/// <param name="say">Tells the user, in one line.</param>
/// <param name="time">The clock.</param>
internal sealed class NodeHost(Func<CancellationToken, Task<GatewayConnectionOptions>> configure, Func<string, Task> say, TimeProvider time)
{
    /// <summary>Pause after a refusal that trying again does not change.</summary>
    private static readonly TimeSpan LongPause = TimeSpan.FromSeconds(30);

    private readonly HashSet<Task> _work = [];
    private GatewayClient? _client;
    private string? _lastReason;

    /// <summary>Runs until it is cancelled; commands at work are killed then.</summary>
    public async Task RunAsync(NodeCommands commands, NodeReports reports, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                _client = new GatewayClient(await configure(cancellationToken).ConfigureAwait(false));
                await foreach (var notice in _client.RunAsync(cancellationToken).ConfigureAwait(false))
                    await HandleAsync(notice, commands, reports, cancellationToken).ConfigureAwait(false);
                await Task.Delay(LongPause, time, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The user ends it.
        }
        finally
        {
            await Task.WhenAll(_work).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Makes a request on the connection there is.</summary>
    /// <exception cref="GatewayException">There is none, or it broke.</exception>
    public async Task SendAsync(string method, ReadOnlyMemory<byte> parameters, CancellationToken cancellationToken)
    {
        if (_client is { } client)
            await client.RequestAsync(method, parameters, null, cancellationToken).ConfigureAwait(false);
    }

    private async Task HandleAsync(GatewayNotice notice, NodeCommands commands, NodeReports reports, CancellationToken cancellationToken)
    {
        switch (notice)
        {
            case GatewayConnected connected:
                _lastReason = null;
                foreach (var warning in connected.Warnings)
                    await say("Warning: " + warning).ConfigureAwait(false);
                await say($"node host connected (protocol {connected.Hello.Protocol})").ConfigureAwait(false);
                Own(reports.FlushAsync(cancellationToken));
                break;
            case GatewayEvent { Name: EventNames.NodeInvokeRequest } asked when NodeRequest.Read(asked.Payload.Span) is { } request:
                Own(AnswerAsync(request, commands, cancellationToken));
                break;
            case GatewayDisconnected gone:
                // A gateway that stays away is mentioned once.
                if (gone.Reason != _lastReason)
                    await say($"node host not connected: {gone.Reason}; trying again {(gone.RetryIn is null ? $"in {LongPause.TotalSeconds:0} s" : "soon")}").ConfigureAwait(false);
                _lastReason = gone.Reason;
                break;
        }
    }

    private void Own(Task task)
    {
        _work.RemoveWhere(static done => done.IsCompleted);
        _work.Add(task);
    }

    private async Task AnswerAsync(NodeRequest request, NodeCommands commands, CancellationToken cancellationToken)
    {
        var answer = await commands.AnswerAsync(request, cancellationToken).ConfigureAwait(false);
        var result = new NodeInvokeResultParams
        {
            Id = request.Id,
            NodeId = request.NodeId,
            Ok = answer.Code is null,
            PayloadJson = answer.PayloadJson,
            Error = answer.Code is null ? null : new NodeError { Code = answer.Code, Message = answer.Message },
        };
        try
        {
            await SendAsync("node.invoke.result", JsonSerializer.SerializeToUtf8Bytes(result, ProtocolJson.Context.NodeInvokeResultParams), cancellationToken).ConfigureAwait(false);
        }
        catch (GatewayException)
        {
            // The gateway forgot the question together with the connection; a session that waits is told by the report.
        }
    }
}
