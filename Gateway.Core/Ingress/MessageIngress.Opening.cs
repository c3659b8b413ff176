using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Bus;
using OpenClaw.Gateway.Bus.Queues;
using OpenClaw.Gateway.Core.Agents.Runs;

namespace OpenClaw.Gateway.Core.Ingress;

/// <summary>Begins to work on the queue: at the start, or as soon as a bus outside of the process is there.</summary>
internal sealed partial class MessageIngress
{
    private readonly CancellationTokenSource _stop = new();
    private Task _opening = Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await OpenAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (BusUnavailableException away) when (bus.Health.Connection is not null)
        {
            // Clients are served meanwhile, and told that messages cannot be taken. A queue on this machine that cannot be opened will not heal by itself.
            LogWaitsForBus(logger, away.Message);
            _opening = OpenOnceThereAsync(_stop.Token);
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _opening.WaitAsync(cancellationToken).ConfigureAwait(false);
        if (_consumer is { } consumer)
            await consumer.DisposeAsync().AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public IEnumerable<string> Reasons()
    {
        if (_consumer is null)
            yield return "Messages cannot be worked on: their queue cannot be reached yet.";
    }

    public void Dispose() => _stop.Dispose();

    private async Task OpenOnceThereAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(BusyDelay, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancellationToken.IsCancellationRequested)
                return;
            try
            {
                await OpenAsync(cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (Exception e) when (e is BusUnavailableException or OperationCanceledException)
            {
                // Still away, or stopping.
            }
        }
    }

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        var left = await bus.Queues.GetStatisticsAsync(QueueName, cancellationToken).ConfigureAwait(false);
        _recovery = new Recovery(Math.Min(left.Waiting, RunRegistry.MaxActive), time);
        var options = new QueueConsumerOptions { Concurrency = RunRegistry.MaxActive, MaxAttempts = 1000, RetryDelay = BusyDelay };
        _consumer = await bus.Queues.ConsumeAsync(QueueName, WorkAsync, options, cancellationToken).ConfigureAwait(false);
    }

    [LoggerMessage(3105, LogLevel.Warning, "The queue of messages cannot be reached yet; work on it begins when it can: {Reason}")]
    private static partial void LogWaitsForBus(ILogger logger, string reason);
}
