using System.Text;

namespace OpenClaw.Gateway.Core.Agents.Tools.Exec;

/// <summary>Collects what a command writes, both streams as they come, and forgets the oldest beyond a limit.</summary>
internal sealed class OutputBuffer
{
    /// <summary>Most characters kept, from the end; the peer's number.</summary>
    public const int MaxChars = 200_000;

    private const int TailChars = 2000;

    /// <summary>Output nobody has polled yet, most characters.</summary>
    private const int MaxPendingChars = 30_000;

    private readonly Lock _gate = new();
    private readonly StringBuilder _all = new();
    private readonly StringBuilder _pending = new();

    /// <summary>Something was forgotten.</summary>
    public bool Truncated { get; private set; }

    public string Text
    {
        get
        {
            lock (_gate)
                return _all.ToString();
        }
    }

    /// <summary>The last 2000 characters.</summary>
    public string Tail
    {
        get
        {
            lock (_gate)
                return _all.Length <= TailChars ? _all.ToString() : _all.ToString(_all.Length - TailChars, TailChars);
        }
    }

    public void Append(string text)
    {
        lock (_gate)
        {
            _all.Append(text);
            // In large steps, as each of them moves the rest.
            if (_all.Length > MaxChars * 5 / 4)
                Trim();
            _pending.Append(text);
            if (_pending.Length > MaxPendingChars)
                _pending.Remove(0, _pending.Length - MaxPendingChars);
        }
    }

    /// <summary>What came since the last call.</summary>
    public string Drain()
    {
        lock (_gate)
        {
            var text = _pending.ToString();
            _pending.Clear();
            return text;
        }
    }

    /// <summary>No more will come.</summary>
    public void Close()
    {
        lock (_gate)
        {
            if (_all.Length > MaxChars)
                Trim();
        }
    }

    private void Trim()
    {
        _all.Remove(0, _all.Length - MaxChars);
        Truncated = true;
    }
}
