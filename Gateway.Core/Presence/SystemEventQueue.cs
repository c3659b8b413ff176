namespace OpenClaw.Gateway.Core.Presence;

/// <summary>
/// System events that wait for the main session's next turn. Passing remarks wait in memory: at most twenty, the oldest are dropped, an
/// immediate repeat is ignored. What somebody was promised is kept on disk and never dropped.
/// </summary>
internal sealed class SystemEventQueue(KeptSystemEvents kept, TimeProvider time)
{
    /// <summary>Most texts of either kind that wait (agent page 7.1).</summary>
    public const int MaxWaiting = 20;

    private readonly Lock _gate = new();
    private readonly List<SystemEvent> _remarks = [];
    private string? _last;

    /// <summary>Texts that wait, oldest first.</summary>
    public IReadOnlyList<string> Waiting
    {
        get
        {
            // Inside of the lock, so that a turn that takes them meanwhile does not miss what we only look at.
            lock (_gate)
            {
                using var seen = new TakenSystemEvents([.. _remarks], kept.Claim(), static _ => { });
                return [.. seen.Events.Select(static waiting => waiting.Text)];
            }
        }
    }

    /// <summary>A remark that may be lost: with the process, or when too many come.</summary>
    public void Add(string text)
    {
        lock (_gate)
        {
            if (text == _last && _remarks.Count > 0)
                return;
            _last = text;
            _remarks.Add(new SystemEvent(time.GetUtcNow(), text));
            DropOldest();
        }
    }

    /// <summary>Keeps a text until the main session is told, whatever happens to the process. False when too many are kept already.</summary>
    /// <param name="text">On one line.</param>
    /// <param name="id">The same for a repeat, which then is not kept twice; fit for a file's name.</param>
    /// <exception cref="IOException">The disk refused.</exception>
    /// <exception cref="UnauthorizedAccessException">The directory may not be written.</exception>
    public Task<bool> KeepAsync(string text, string id) => kept.AddAsync(text, time.GetUtcNow(), id, MaxWaiting);

    /// <summary>All that waits, for a turn; it waits again, in its place, unless <see cref="TakenSystemEvents.Told"/> says that the turn is stored.</summary>
    public TakenSystemEvents Take()
    {
        lock (_gate)
        {
            var claimed = kept.Claim();
            SystemEvent[] remarks = [.. _remarks];
            _remarks.Clear();
            return new TakenSystemEvents(remarks, claimed, PutBack);
        }
    }

    private void PutBack(IReadOnlyList<SystemEvent> remarks)
    {
        lock (_gate)
        {
            _remarks.InsertRange(0, remarks);
            DropOldest();
        }
    }

    private void DropOldest()
    {
        if (_remarks.Count > MaxWaiting)
            _remarks.RemoveRange(0, _remarks.Count - MaxWaiting);
    }
}
