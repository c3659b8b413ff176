using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenClaw.Channels.Abstractions;
using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Gateway.Bus;
using OpenClaw.Gateway.Bus.Queues;
using OpenClaw.Gateway.Core.SafeMode;

namespace OpenClaw.Gateway.Core.Channels.Inbound;

/// <summary>
/// Works on what comes in from channels. A message leaves the queue when it is accepted for a run, answered, or known to be nobody's business;
/// those of a chat are worked on in their order, and none waits for the run of the one before.
/// </summary>
internal sealed partial class ChannelInbound(IBus bus, InboundPipeline pipeline, SafeModeState safeMode, TimeProvider time, ILogger<ChannelInbound> logger) : BackgroundService
{
    private static readonly TimeSpan BusPause = TimeSpan.FromSeconds(1);

    // One chat may wait for a file for minutes; the others do not.
    private static readonly QueueConsumerOptions Options = new() { Concurrency = 256, MaxAttempts = 100, RetryDelay = TimeSpan.FromSeconds(1), MaxRetryDelay = TimeSpan.FromSeconds(30) };

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // What is stored stays where it is: one of these messages may be what ended the process.
        await safeMode.Ended.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var consumer = await bus.Queues.ConsumeAsync(ChannelNames.InboundQueue, WorkAsync, Options, stoppingToken).ConfigureAwait(false);
                await Task.Delay(Timeout.InfiniteTimeSpan, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (BusUnavailableException)
            {
                // The health of the bus says so.
                await Task.Delay(BusPause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                // Stopping.
            }
        }
    }

    private async ValueTask<QueueVerdict> WorkAsync(QueueDelivery delivery, CancellationToken stopping)
    {
        if (Read(delivery) is not { } message)
            return QueueVerdict.Reject("not a message of a channel");
        InboundOutcome outcome;
        try
        {
            outcome = await pipeline.HandleAsync(message, delivery.EnqueuedAt, stopping).ConfigureAwait(false);
        }
        catch (BusUnavailableException away)
        {
            return QueueVerdict.Postpone(away.RetryAfter);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogFailed(logger, message.Channel, message.AccountId, delivery.Attempt, e.Message);
            return QueueVerdict.Retry(e.GetType().Name);
        }
        return outcome switch
        {
            { IsDone: true } => QueueVerdict.Done,
            { Failure: { } failure } => QueueVerdict.Retry(failure),
            _ => QueueVerdict.Postpone(outcome.Delay),
        };
    }

    private static InboundMessage? Read(QueueDelivery delivery)
    {
        try
        {
            return JsonSerializer.Deserialize(delivery.Payload.Span, ChannelJsonContext.Default.InboundMessage) is { MessageId.Length: > 0, Chat.Id.Length: > 0, Sender.Id.Length: > 0, Channel.Length: > 0, AccountId.Length: > 0 } message
                ? message
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [LoggerMessage(8201, LogLevel.Error, "{Channel}/{Account}: a message could not be worked on and comes again (attempt {Attempt}): {Reason}")]
    private static partial void LogFailed(ILogger logger, string channel, string account, int attempt, string reason);
}
