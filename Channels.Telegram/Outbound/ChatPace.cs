namespace OpenClaw.Channels.Telegram.Outbound;

/// <summary>
/// Keeps a burst to one chat below what the API answers with 429: about one message a second for long, with some at once. What a person notices, a reply
/// of a few messages, does not wait.
/// </summary>
/// <param name="time">Clock.</param>
internal sealed class ChatPace(TimeProvider time)
{
    /// <summary>Messages that go at once.</summary>
    public const int Burst = 20;

    /// <summary>The API's own advice: not more than one message a second to a chat, over time.</summary>
    public static readonly TimeSpan Refill = TimeSpan.FromSeconds(1);

    private const int MaxChats = 4096;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (double Tokens, long At)> _chats = new(StringComparer.Ordinal);

    /// <summary>Waits for the chat's turn.</summary>
    public async Task WaitAsync(string chat, CancellationToken cancellationToken)
    {
        while (Take(chat) is { } wait)
            await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
    }

    private TimeSpan? Take(string chat)
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            if (_chats.Count >= MaxChats && !_chats.ContainsKey(chat))
                Forget();
            var tokens = _chats.TryGetValue(chat, out var state) ? Math.Min(Burst, state.Tokens + (time.GetElapsedTime(state.At, now) / Refill)) : Burst;
            _chats[chat] = (tokens >= 1 ? tokens - 1 : tokens, now);
            return tokens >= 1 ? null : (1 - tokens) * Refill + TimeSpan.FromMilliseconds(1);
        }
    }

    /// <summary>A chat that is silent for long enough is as one that never was.</summary>
    private void Forget()
    {
        foreach (var silent in _chats.Where(pair => time.GetElapsedTime(pair.Value.At) > Burst * Refill).Select(static pair => pair.Key).ToList())
            _chats.Remove(silent);
    }
}
