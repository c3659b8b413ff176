using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Gateway.Client.Errors;
using OpenClaw.Gateway.Core.HostCommands;
using OpenClaw.Gateway.Protocol.Json;
using OpenClaw.Gateway.Protocol.Methods.Nodes;

namespace OpenClaw.Cli.NodeHost;

/// <summary>
/// Tells the gateway what became of commands. What it cannot be told now it is told after the next connect: a command may take longer
/// than the connection it came over.
/// </summary>
/// <param name="send">Makes one <c>node.event</c> request with these params.</param>
internal sealed class NodeReports(Func<ReadOnlyMemory<byte>, CancellationToken, Task> send) : IDisposable
{
    /// <summary>Longest output that is told.</summary>
    private const int MaxOutputChars = 20_000;

    /// <summary>Longest command that is told.</summary>
    private const int MaxCommandChars = 4_000;

    /// <summary>Reports that wait for a gateway; of more the oldest are dropped.</summary>
    private const int MaxWaiting = 100;

    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly Lock _gate = new();
    private readonly Queue<byte[]> _waiting = new();

    public Task DeniedAsync(SystemRunCall call, string reason, CancellationToken cancellationToken)
    {
        var details = Details(call);
        details["reason"] = reason;
        return TellAsync("exec.denied", details, cancellationToken);
    }

    public Task FinishedAsync(SystemRunCall call, HostCommandOutcome outcome, CancellationToken cancellationToken)
    {
        var details = Details(call);
        if (outcome.ExitCode is { } code)
            details["exitCode"] = code;
        details["timedOut"] = outcome.TimedOut;
        details["success"] = outcome.Success;
        string?[] parts = [outcome.Output, outcome.ErrorOutput, outcome.Problem];
        var output = string.Join('\n', parts.Where(static part => !string.IsNullOrEmpty(part)));
        details["output"] = output.Trim() is { Length: > 0 } trimmed ? End(trimmed, MaxOutputChars) : output;
        return TellAsync("exec.finished", details, cancellationToken);
    }

    /// <summary>Sends what waits. Stops when there is no connection; a report that fails in another way would fail again, and is dropped.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            while (Next() is { } report)
            {
                await SendAsync(report, cancellationToken).ConfigureAwait(false);
                Done(report);
            }
        }
        catch (Exception e) when (e is GatewayNotConnectedException or GatewayClosedException)
        {
            // There is no connection, or it broke: the next one flushes again.
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>The end of a text, which is where programs say what went wrong.</summary>
    public static string End(string text, int maxChars) => text.Length <= maxChars ? text : "... (truncated) " + text[^maxChars..];

    public void Dispose() => _sending.Dispose();

    private async Task TellAsync(string name, JsonObject details, CancellationToken cancellationToken)
    {
        var report = JsonSerializer.SerializeToUtf8Bytes(new NodeEventParams { Event = name, PayloadJson = details.ToJsonString() }, ProtocolJson.Context.NodeEventParams);
        lock (_gate)
        {
            if (_waiting.Count == MaxWaiting)
                _waiting.Dequeue();
            _waiting.Enqueue(report);
        }
        await FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task SendAsync(byte[] report, CancellationToken cancellationToken)
    {
        try
        {
            await send(report, cancellationToken).ConfigureAwait(false);
        }
        catch (GatewayException e) when (e is not (GatewayNotConnectedException or GatewayClosedException))
        {
            // Too large, or nobody answered: the reports behind it are worth more.
        }
    }

    private byte[]? Next()
    {
        lock (_gate)
            return _waiting.TryPeek(out var report) ? report : null;
    }

    private void Done(byte[] report)
    {
        lock (_gate)
        {
            if (_waiting.TryPeek(out var first) && ReferenceEquals(first, report))
                _waiting.Dequeue();
        }
    }

    private static JsonObject Details(SystemRunCall call) => new()
    {
        ["sessionKey"] = call.SessionKey,
        ["runId"] = call.RunId,
        ["host"] = "node",
        ["command"] = call.Command.Text is var text && text.Length > MaxCommandChars ? text[..MaxCommandChars] + " ... (truncated)" : text,
    };
}
