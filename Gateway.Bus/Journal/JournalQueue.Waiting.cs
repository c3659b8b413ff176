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
