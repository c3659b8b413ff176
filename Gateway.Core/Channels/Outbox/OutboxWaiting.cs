using System.Text.Json;
using OpenClaw.Channels.Abstractions;
using OpenClaw.Channels.Abstractions.Outbox;
using OpenClaw.Gateway.Bus;
using OpenClaw.Gateway.Bus.Queues;

namespace OpenClaw.Gateway.Core.Channels.Outbox;

/// <summary>A message that is to be sent still.</summary>
/// <param name="Queue">Its queue.</param>
/// <param name="EntryId">Its id in the queue.</param>
/// <param name="Record">What is known of it from the queue alone, which outlives the notes.</param>
internal sealed record OutboxEntry(string Queue, string EntryId, OutboxRecord Record);

/// <summary>The messages that are to be sent still, of all channels: those of which a restart has left no note are known from here.</summary>
internal sealed class OutboxWaiting(IBus bus, OutboxLetters letters)
{
    /// <summary>How many of a queue are shown, the oldest: their payloads are read for that.</summary>
    public const int MaxShown = 1000;

    /// <summary>The oldest of each queue.</summary>
    /// <exception cref="BusUnavailableException">The bus cannot be reached.</exception>
    public async Task<IReadOnlyList<OutboxEntry>> ListAsync(CancellationToken cancellationToken)
    {
        var entries = new List<OutboxEntry>();
        foreach (var queue in await letters.QueuesAsync(cancellationToken).ConfigureAwait(false))
        {
            var count = 0;
            await foreach (var entry in ReadAsync(queue, cancellationToken).ConfigureAwait(false))
            {
                entries.Add(entry);
                if (++count == MaxShown)
                    break;
            }
        }
        return entries;
    }

    /// <summary>One of them; null when it is not there.</summary>
    /// <exception cref="BusUnavailableException">The bus cannot be reached.</exception>
    public async Task<OutboxEntry?> FindAsync(string id, CancellationToken cancellationToken)
    {
        foreach (var queue in await letters.QueuesAsync(cancellationToken).ConfigureAwait(false))
        {
            await foreach (var entry in ReadAsync(queue, cancellationToken).ConfigureAwait(false))
            {
                if (entry.Record.Id == id)
                    return entry;
            }
        }
        return null;
    }

    /// <summary>Forgets one for good; false when it is not there, or has its turn at this moment.</summary>
    /// <exception cref="BusUnavailableException">The bus cannot be reached.</exception>
    public async Task<bool> DropAsync(string id, CancellationToken cancellationToken) =>
        await FindAsync(id, cancellationToken).ConfigureAwait(false) is { } entry && await bus.Queues.DropWaitingAsync(entry.Queue, entry.EntryId, cancellationToken).ConfigureAwait(false);

    private async IAsyncEnumerable<OutboxEntry> ReadAsync(string queue, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? after = null;
        while (await bus.Queues.PeekAsync(queue, MaxShown, after, cancellationToken).ConfigureAwait(false) is { Count: > 0 } page)
        {
            foreach (var waiting in page)
            {
                if (RecordOf(waiting) is { } record)
                    yield return new OutboxEntry(queue, waiting.Id, record);
            }
            after = page[^1].Id;
        }
    }

    private static OutboxRecord? RecordOf(WaitingEntry entry)
    {
        try
        {
            if (JsonSerializer.Deserialize(entry.Payload.Span, ChannelJsonContext.Default.OutboundMessage) is not { } message)
                return null;
            var record = OutboxRecord.Of(message, OutboxState.Queued, entry.EnqueuedAt.ToUnixTimeMilliseconds());
            // As who sends it will see it: an attempt of which nobody noted the end may have put it there.
            return entry.Attempts == 0 ? record : record with { State = OutboxState.Ambiguous, Attempts = entry.Attempts, Error = "nobody noted what came of its attempts" };
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
