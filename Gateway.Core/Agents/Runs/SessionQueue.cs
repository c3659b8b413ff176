using System.Globalization;
using System.Text;
using OpenClaw.Gateway.Core.Sessions.Transcripts;

namespace OpenClaw.Gateway.Core.Agents.Runs;

/// <summary>Messages of one session that wait for its run to end. Not thread-safe: its owner locks.</summary>
internal sealed class SessionQueue
{
    private const int SummaryLineChars = 140;

    private readonly List<QueuedMessage> _waiting = [];
    private readonly List<QueuedMessage> _summarized = [];
    private QueueSettings _settings = new();

    public int Count => _waiting.Count;

    public bool IsEmpty => _waiting.Count == 0;

    /// <summary>Everything that is owed an answer: what waits, and what will only be mentioned to the model in a line.</summary>
    public IEnumerable<QueuedMessage> Messages => _summarized.Concat(_waiting);

    /// <summary>When the queue may be drained: after the last message has been followed by quiet.</summary>
    public DateTimeOffset ReadyAt { get; private set; }

    /// <summary>Takes a message in, unless it is there already or gives way to those before it.</summary>
    public QueueAdmission Add(QueuedMessage message, DateTimeOffset now)
    {
        _settings = message.Request.Queue ?? _settings;
        if (message.Request.MessageId is { } id && _waiting.Exists(waiting => waiting.Request.MessageId == id && waiting.Request.ReplyRoute == message.Request.ReplyRoute))
            return new QueueAdmission(false, null);
        QueuedMessage? gaveWay = null;
        if (_waiting.Count >= Math.Max(1, _settings.Cap))
        {
            if (_settings.Drop == QueueDropPolicy.New)
                return new QueueAdmission(false, null);
            gaveWay = MakeRoom();
        }
        _waiting.Add(message);
        ReadyAt = now + _settings.Debounce;
        return new QueueAdmission(true, gaveWay);
    }

    /// <summary>Puts messages back at the front, as they came before the others.</summary>
    public void Return(IEnumerable<QueuedMessage> messages) => _waiting.InsertRange(0, messages);

    /// <summary>Takes one message out; false when it does not wait here.</summary>
    public bool Remove(QueuedMessage message) => _waiting.Remove(message) || _summarized.Remove(message);

    /// <summary>The next turn: all that wait as one, when they may be merged, else the first. Null when nothing waits.</summary>
    public QueuedTurn? Take(string runId)
    {
        if (_waiting.Count == 0)
            return null;
        var all = _settings.Mode == QueueMode.Collect && _waiting.Count > 1 && HaveOneRoute();
        var taken = all ? _waiting.ToList() : [_waiting[0]];
        _waiting.RemoveRange(0, taken.Count);
        var text = all ? Merge(taken) : taken[0].Request.Message;
        if (_summarized.Count > 0)
            text = string.Create(CultureInfo.InvariantCulture, $"[Queue overflow] {_summarized.Count} earlier messages were dropped:\n{string.Join('\n', _summarized.Select(static message => $"- {Summarize(message)}"))}\n\n{text}");
        QueuedMessage[] answers = [.. _summarized, .. taken];
        _summarized.Clear();
        var request = taken[^1].Request with
        {
            RunId = runId,
            Message = text,
            Answers = [.. answers.Select(static message => message.RunId)],
            Images = [.. taken.SelectMany(static message => message.Request.Images)],
            Observers = [.. taken.SelectMany(static message => message.Request.Observers).Distinct()],
        };
        return new QueuedTurn(request, answers);
    }

    /// <summary>Takes the oldest message out of the line; returns what is now lost altogether, if anything.</summary>
    private QueuedMessage? MakeRoom()
    {
        var oldest = _waiting[0];
        _waiting.RemoveAt(0);
        if (_settings.Drop != QueueDropPolicy.Summarize)
            return oldest;
        _summarized.Add(oldest);
        // The lines kept of dropped messages are bounded like the messages themselves.
        if (_summarized.Count <= Math.Max(1, _settings.Cap))
            return null;
        var forgotten = _summarized[0];
        _summarized.RemoveAt(0);
        return forgotten;
    }

    private bool HaveOneRoute() =>
        _waiting[0].Request.ReplyRoute is { } route && _waiting.TrueForAll(message => message.Request.ReplyRoute == route);

    private static string Merge(List<QueuedMessage> messages)
    {
        var text = new StringBuilder("[Queued messages while agent was busy]");
        for (var i = 0; i < messages.Count; i++)
            text.Append(CultureInfo.InvariantCulture, $"\n\n---\nQueued #{i + 1}\n{messages[i].Request.Message}");
        return text.ToString();
    }

    private static string Summarize(QueuedMessage message)
    {
        var line = EnvelopeText.Strip(message.Request.Message).ReplaceLineEndings(" ").Trim();
        return line.Length <= SummaryLineChars ? line : line[..SummaryLineChars] + "…";
    }
}

/// <summary>What became of a message that wanted into the queue.</summary>
/// <param name="Taken">It waits there now.</param>
/// <param name="GaveWay">The message that lost its place for it, and of which nothing is kept.</param>
internal sealed record QueueAdmission(bool Taken, QueuedMessage? GaveWay);

/// <summary>A turn made from what waited.</summary>
/// <param name="Request">The run to start.</param>
/// <param name="Answers">The messages it answers.</param>
internal sealed record QueuedTurn(RunRequest Request, IReadOnlyList<QueuedMessage> Answers);
