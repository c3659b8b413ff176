using System.Globalization;
using System.Text;

namespace OpenClaw.Gateway.Core.Presence;

/// <summary>System events that wait for the main session's next turn: at most twenty, the oldest are dropped; an immediate repeat is ignored.</summary>
internal sealed class SystemEventQueue(TimeProvider time)
{
    /// <summary>Most texts that wait (agent page 7.1).</summary>
    public const int MaxWaiting = 20;

    private readonly Lock _gate = new();
    private readonly Queue<(DateTimeOffset At, string Text)> _texts = new();
    private string? _last;

    /// <summary>Texts that wait, oldest first.</summary>
    public IReadOnlyList<string> Waiting
    {
        get
        {
            lock (_gate)
                return [.. _texts.Select(static waiting => waiting.Text)];
        }
    }

    public void Add(string text)
    {
        lock (_gate)
        {
            if (text == _last && _texts.Count > 0)
                return;
            _last = text;
            _texts.Enqueue((time.GetUtcNow(), text));
            if (_texts.Count > MaxWaiting)
                _texts.Dequeue();
        }
    }

    /// <summary>Takes all of them for a turn.</summary>
    public IReadOnlyList<string> Drain() => [.. Take().Select(static waiting => waiting.Text)];

    /// <summary>Takes all of them, and puts them in front of a message: a line each, with its time.</summary>
    public string PutBefore(string message)
    {
        var waiting = Take();
        if (waiting.Count == 0)
            return message;
        var lines = new StringBuilder();
        foreach (var (at, text) in waiting)
        {
            // Those of webhooks are lines already.
            if (!text.StartsWith("System: ", StringComparison.Ordinal))
                lines.Append(CultureInfo.InvariantCulture, $"System: [{at.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC] ");
            lines.Append(text.ReplaceLineEndings(" ")).Append('\n');
        }
        return lines.Append('\n').Append(message).ToString();
    }

    private IReadOnlyList<(DateTimeOffset At, string Text)> Take()
    {
        lock (_gate)
        {
            (DateTimeOffset At, string Text)[] waiting = [.. _texts];
            _texts.Clear();
            return waiting;
        }
    }
}
