using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Gateway.Bus;
using OpenClaw.Gateway.Bus.Queues;
using OpenClaw.Gateway.Core.Channels.Inbound.Acceptance;

namespace OpenClaw.Gateway.Core.Channels.Inbound.Holding;

/// <summary>
/// Holds words back until their sender has written all of them. What is held lies in a queue of its own, and leaves it when what it was put
/// together to is accepted. Of several cores each puts together what it got.
/// </summary>
internal sealed class HeldMessages(IBus bus, InboundAcceptance acceptance, TimeProvider time) : BackgroundService
{
    /// <summary>Name of the queue.</summary>
    public const string QueueName = "channels.held";

    private static readonly TimeSpan BusPause = TimeSpan.FromSeconds(1);

    /// <summary>How long something that is about to come out of the queue is waited for; another core may have got it.</summary>
    private static readonly TimeSpan ArrivalPatience = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan SettlePause = TimeSpan.FromMilliseconds(5);

    private static readonly QueueConsumerOptions Options = new() { Concurrency = 1024, MaxAttempts = 100, MaxRetryDelay = TimeSpan.FromSeconds(30) };

    private readonly ConcurrentDictionary<string, HeldBatch> _batches = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _arriving = new(StringComparer.Ordinal);

    /// <summary>Stores a turn to be held. False when it could not be stored now.</summary>
    /// <exception cref="BusUnavailableException">The bus cannot be reached.</exception>
    public async Task<bool> HoldAsync(InboundTurn turn, TimeSpan delay, CancellationToken cancellationToken)
    {
        var held = HeldTurn.Of(turn, delay);
        var id = RunIds.Of(turn.Message);
        var arrival = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _arriving[id] = arrival;
        var entry = new QueueEntry { Series = held.Group, DeduplicationId = id, Payload = JsonSerializer.SerializeToUtf8Bytes(held, HeldTurnJsonContext.Default.HeldTurn) };
        var stored = await bus.Queues.AppendAsync(QueueName, entry, cancellationToken).ConfigureAwait(false);
        if (stored.IsStored)
        {
            // Until it is in its batch: whoever comes next can flush it then.
            await Task.WhenAny(arrival.Task, Task.Delay(ArrivalPatience, time, cancellationToken)).ConfigureAwait(false);
        }
        _arriving.TryRemove(id, out _);
        return stored.IsAccepted;
    }

    /// <summary>Has what a sender wrote before accepted now, as something came that does not wait.</summary>
    public async Task FlushAsync(InboundMessage message, CancellationToken cancellationToken)
    {
        var group = HeldTurn.GroupOf(message);
        foreach (var key in (string[])[KeyOf(group, comesBack: true), KeyOf(group, comesBack: false)])
        {
            if (!_batches.TryGetValue(key, out var batch))
                continue;
            batch.Flush();
            // How it ends is its own business.
            await ((Task)batch.Outcome).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var consumer = await bus.Queues.ConsumeAsync(QueueName, WorkAsync, Options, stoppingToken).ConfigureAwait(false);
                await Task.Delay(Timeout.InfiniteTimeSpan, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (BusUnavailableException)
            {
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
        if (Read(delivery) is not { } turn)
            return QueueVerdict.Reject("not a message that is held");
        // One that comes back may be accepted already, with those it was put together with; nothing newer may join them.
        var key = KeyOf(turn.Group, delivery.Attempt > 1);
        var (batch, isMine) = Join(key, turn);
        var leading = isMine ? LeadAsync(key, batch, stopping) : Task.CompletedTask;
        if (_arriving.TryGetValue(RunIds.Of(turn.Message), out var arrival))
            arrival.TrySetResult();
        TimeSpan? again;
        try
        {
            await leading.ConfigureAwait(false);
            again = await batch.Outcome.WaitAsync(stopping).ConfigureAwait(false);
            if (again is null)
                await WaitForThoseBeforeAsync(delivery, stopping).ConfigureAwait(false);
        }
        catch (BusUnavailableException away)
        {
            return QueueVerdict.Postpone(away.RetryAfter);
        }
        catch (IOException e)
        {
            return QueueVerdict.Retry(e.GetType().Name);
        }
        return again is { } delay ? QueueVerdict.Postpone(delay) : QueueVerdict.Done;
    }

    private (HeldBatch Batch, bool IsMine) Join(string key, HeldTurn turn)
    {
        while (true)
        {
            if (_batches.TryGetValue(key, out var known))
            {
                if (known.TryAdd(turn))
                    return (known, false);
                // It is full or under way; the next one begins.
                known.Flush();
                var next = new HeldBatch(time);
                next.TryAdd(turn);
                if (_batches.TryUpdate(key, next, known))
                    return (next, true);
            }
            else
            {
                var first = new HeldBatch(time);
                first.TryAdd(turn);
                if (_batches.TryAdd(key, first))
                    return (first, true);
            }
        }
    }

    private async Task LeadAsync(string key, HeldBatch batch, CancellationToken stopping)
    {
        try
        {
            await batch.RunAsync(turn => acceptance.AcceptAsync(turn, stopping), stopping).ConfigureAwait(false);
        }
        finally
        {
            _batches.TryRemove(KeyValuePair.Create(key, batch));
        }
    }

    /// <summary>
    /// A batch has the name of its last message, and is known by that name when parts of it come again. So the last is settled last: when it is
    /// gone, all are.
    /// </summary>
    private async Task WaitForThoseBeforeAsync(QueueDelivery delivery, CancellationToken stopping)
    {
        while (await bus.Queues.FindBeforeAsync(QueueName, delivery.Id, stopping).ConfigureAwait(false) is not null)
            await Task.Delay(SettlePause, time, stopping).ConfigureAwait(false);
    }

    private static string KeyOf(string group, bool comesBack) => (comesBack ? "again:" : "new:") + group;

    private static HeldTurn? Read(QueueDelivery delivery)
    {
        try
        {
            return JsonSerializer.Deserialize(delivery.Payload.Span, HeldTurnJsonContext.Default.HeldTurn);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
