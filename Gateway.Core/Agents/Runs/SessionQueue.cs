using System.Globalization;
using System.Text;

namespace OpenClaw.Gateway.Core.Agents.Runs;

/// <summary>Messages of one session that wait for its run to end. Not thread-safe: its owner locks.</summary>
internal sealed class SessionQueue
{
    private const int SummaryLineChars = 140;

    private readonly List<RunRequest> _waiting = [];
    private readonly List<string> _dropped = [];
    private QueueSettings _settings = new();

    public int Count => _waiting.Count;

    public bool IsEmpty => _waiting.Count == 0;

    /// <summary>When the queue may be drained: after the last message has been followed by quiet.</summary>
    public DateTimeOffset ReadyAt { get; private set; }

    /// <summary>Takes a message in. False when it is there already, or gives way to those before it.</summary>
    public bool TryAdd(RunRequest message, DateTimeOffset now)
    {
        _settings = message.Queue ?? _settings;
        if (message.MessageId is { } id && _waiting.Exists(waiting => waiting.MessageId == id && waiting.ReplyRoute == message.ReplyRoute))
            return false;
        if (_waiting.Count >= Math.Max(1, _settings.Cap))
        {
            if (_settings.Drop == QueueDropPolicy.New)
                return false;
            if (_settings.Drop == QueueDropPolicy.Summarize)
                _dropped.Add(Summarize(_waiting[0].Message));
            _waiting.RemoveAt(0);
            // The lines kept of lost messages are bounded like the messages themselves.
            if (_dropped.Count > Math.Max(1, _settings.Cap))
                _dropped.RemoveAt(0);
        }
        _waiting.Add(message);
        ReadyAt = now + _settings.Debounce;
        return true;
    }

    /// <summary>Puts messages back at the front, as they came before the others.</summary>
    public void Return(IEnumerable<RunRequest> messages) => _waiting.InsertRange(0, messages);

    /// <summary>The next turn's message: all that wait as one, when they may be merged, else the first.</summary>
    public RunRequest? Take(string runId)
    {
        if (_waiting.Count == 0)
            return null;
        var all = _settings.Mode == QueueMode.Collect && _waiting.Count > 1 && HaveOneRoute();
        var taken = all ? _waiting.ToList() : [_waiting[0]];
        _waiting.RemoveRange(0, taken.Count);
        var text = all ? Merge(taken) : taken[0].Message;
        if (_dropped.Count > 0)
        {
            text = string.Create(CultureInfo.InvariantCulture, $"[Queue overflow] {_dropped.Count} earlier messages were dropped:\n{string.Join('\n', _dropped.Select(static line => $"- {line}"))}\n\n{text}");
            _dropped.Clear();
        }
        return taken[^1] with
        {
            RunId = runId,
            Message = text,
            Images = [.. taken.SelectMany(static message => message.Images)],
            Observers = [.. taken.SelectMany(static message => message.Observers).Distinct()],
        };
    }

    public void Clear()
    {
        _waiting.Clear();
        _dropped.Clear();
    }

    private bool HaveOneRoute() =>
        _waiting[0].ReplyRoute is { } route && _waiting.TrueForAll(message => message.ReplyRoute == route);

    private static string Merge(List<RunRequest> messages)
    {
        var text = new StringBuilder("[Queued messages while agent was busy]");
        for (var i = 0; i < messages.Count; i++)
            text.Append(CultureInfo.InvariantCulture, $"\n\n---\nQueued #{i + 1}\n{messages[i].Message}");
        return text.ToString();
    }

    private static string Summarize(string message)
    {
        var line = message.ReplaceLineEndings(" ").Trim();
        return line.Length <= SummaryLineChars ? line : line[..SummaryLineChars] + "…";
    }
}
