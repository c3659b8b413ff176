namespace OpenClaw.Gateway.Core.Presence;

/// <summary>System events that wait for the main session's next turn: at most twenty, the oldest are dropped; an immediate repeat is ignored.</summary>
internal sealed class SystemEventQueue
{
    /// <summary>Most texts that wait (agent page 7.1).</summary>
    public const int MaxWaiting = 20;

    private readonly Lock _gate = new();
    private readonly Queue<string> _texts = new();
    private string? _last;

    /// <summary>Texts that wait, oldest first.</summary>
    public IReadOnlyList<string> Waiting
    {
        get
        {
            lock (_gate)
                return [.. _texts];
        }
    }

    public void Add(string text)
    {
        lock (_gate)
        {
            if (text == _last && _texts.Count > 0)
                return;
            _last = text;
            _texts.Enqueue(text);
            if (_texts.Count > MaxWaiting)
                _texts.Dequeue();
        }
    }

    /// <summary>Takes all of them for a turn.</summary>
    public IReadOnlyList<string> Drain()
    {
        lock (_gate)
        {
            string[] texts = [.. _texts];
            _texts.Clear();
            return texts;
        }
    }
}
