using OpenClaw.Gateway.Bus.Queues;

namespace OpenClaw.Gateway.Bus.Journal;

internal sealed partial class JournalQueue
{
    // What a look at the waiting messages may carry; the rest comes with the next.
    private const int EnoughBytes = 4 << 20;

    /// <summary>Messages that are to be handled, oldest first.</summary>
    /// <exception cref="BusUnavailableException">They cannot be read now.</exception>
    public IReadOnlyList<WaitingEntry> Peek(int limit, ulong after)
    {
        var entries = new List<WaitingEntry>();
        var bytes = 0;
        foreach (var item in _index.Peek(limit, after))
        {
            if (bytes >= EnoughBytes)
                break;
            if (TryRead(item) is not { } put)
                continue;
            bytes += put.Payload.Length;
            entries.Add(new WaitingEntry
            {
                Id = MessageId.Format(item.Id),
                Key = item.Key,
                Attempts = item.Attempts,
                EnqueuedAt = item.EnqueuedAt,
                ExpiresAt = item.ExpiresAt,
                Payload = put.Payload,
            });
        }
        return entries;
    }

    /// <summary>False when there is no such message, or a consumer has it.</summary>
    /// <exception cref="BusUnavailableException">It cannot be recorded now; the message stays.</exception>
    public async Task<bool> DropWaitingAsync(ulong id)
    {
        if (_index.ClaimWaiting(id) is not { } item)
            return false;
        var result = await WriteAsync(new SettleRecord(id), isDurable: true, _ => _index.RemoveWaiting(item)).ConfigureAwait(false);
        if (result.Error is { } error)
        {
            _index.UnclaimWaiting(item);
            throw new BusUnavailableException($"Queue {_name} cannot be written: {error.Message}", error);
        }
        _metrics.QueueSettled(_name, "dropped");
        return true;
    }

    /// <summary>Null when it is damaged, or over by now and its segment gone.</summary>
    private PutRecord? TryRead(QueueItem item)
    {
        try
        {
            return Read(item);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (IOException exception)
        {
            throw new BusUnavailableException($"Queue {_name} cannot be read: {exception.Message}", exception);
        }
    }
}
