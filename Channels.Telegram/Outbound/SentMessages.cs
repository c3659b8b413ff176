namespace OpenClaw.Channels.Telegram.Outbound;

/// <summary>Which messages are the bot's own, for a day as with the peer: the API does not say it of a message that gets a reaction.</summary>
/// <param name="time">Clock.</param>
internal sealed class SentMessages(TimeProvider time)
{
    private const int Limit = 10_000;

    private static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    private readonly Lock _gate = new();
    private readonly Dictionary<(long Chat, long Message), long> _sent = [];
    private readonly Queue<(long Chat, long Message)> _order = new();

    public void Add(long chat, long message)
    {
        lock (_gate)
        {
            if (_sent.TryAdd((chat, message), time.GetTimestamp()))
                _order.Enqueue((chat, message));
            while (_order.Count > Limit)
                _sent.Remove(_order.Dequeue());
        }
    }

    public bool Contains(long chat, long message)
    {
        lock (_gate)
            return _sent.TryGetValue((chat, message), out var at) && time.GetElapsedTime(at) < Kept;
    }
}
