using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using OpenClaw.Channels.Abstractions;
using OpenClaw.Channels.Abstractions.Outbox;
using OpenClaw.Gateway.Bus;
using OpenClaw.Gateway.Bus.Maps;

namespace OpenClaw.Gateway.Core.Channels.Sending;

/// <summary>Knows what became of messages to send, for callers that wait.</summary>
internal sealed class OutboxWatch(IBus bus, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, TaskCompletionSource<OutboxRecord>> _waiting = new(StringComparer.Ordinal);

    /// <summary>What is known of a message; null when it was not taken up yet.</summary>
    /// <exception cref="BusUnavailableException">The bus cannot be reached.</exception>
    public async ValueTask<OutboxRecord?> FindAsync(string id, CancellationToken cancellationToken) =>
        await bus.Maps.GetAsync(ChannelNames.OutboxMap, id, cancellationToken).ConfigureAwait(false) is { } entry ? OutboxRecords.Read(entry) : null;

    /// <summary>Notes that a message is sent again under another name, unless its note has changed meanwhile.</summary>
    /// <exception cref="BusUnavailableException">The bus cannot be reached.</exception>
    public async ValueTask NoteRepeatAsync(OutboxRecord record, string otherId, CancellationToken cancellationToken)
    {
        if (record.RetriedAs is null && await OutboxRecords.FindAsync(bus, record.Id, cancellationToken).ConfigureAwait(false) is { } known && known.Record == record)
            await OutboxRecords.WriteAsync(bus, record with { RetriedAs = otherId }, known.Version, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Waits until nothing more will happen to a message; what is known of it when the time is over, else.</summary>
    /// <exception cref="BusUnavailableException">The bus cannot be reached.</exception>
    public async Task<OutboxRecord?> WaitAsync(string id, TimeSpan patience, CancellationToken cancellationToken)
    {
        var over = _waiting.GetOrAdd(id, static _ => new TaskCompletionSource<OutboxRecord>(TaskCreationOptions.RunContinuationsAsynchronously));
        try
        {
            // It may have ended before it was watched.
            if (await FindAsync(id, cancellationToken).ConfigureAwait(false) is { IsOver: true } known)
                return known;
            await ((Task)over.Task).WaitAsync(patience, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
            return over.Task.IsCompletedSuccessfully ? await over.Task.ConfigureAwait(false) : await FindAsync(id, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _waiting.TryRemove(new(id, over));
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var watch = await bus.Maps.WatchAsync(ChannelNames.OutboxMap, cancellationToken: stoppingToken).ConfigureAwait(false);
                await CatchUpAsync(stoppingToken).ConfigureAwait(false);
                await foreach (var change in watch.ReadAllAsync(stoppingToken).ConfigureAwait(false))
                {
                    if (change.Kind is MapChangeKind.Missed)
                        await CatchUpAsync(stoppingToken).ConfigureAwait(false);
                    else if (change.Entry is { } entry && _waiting.ContainsKey(change.Key))
                        Tell(entry);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (BusUnavailableException)
            {
                // Who waits looks once more when its time is over.
            }
            await Task.Delay(RetryDelay, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        foreach (var id in _waiting.Keys)
        {
            if (await bus.Maps.GetAsync(ChannelNames.OutboxMap, id, cancellationToken).ConfigureAwait(false) is { } entry)
                Tell(entry);
        }
    }

    private void Tell(MapEntry entry)
    {
        if (OutboxRecords.Read(entry) is { IsOver: true } record && _waiting.TryGetValue(entry.Key, out var waiting))
            waiting.TrySetResult(record);
    }
}
