using System.Threading.Channels;
using OpenClaw.Gateway.Core.Agents.Runs;

namespace OpenClaw.Gateway.Core.Http.Runs;

/// <summary>
/// A run's text as one growing answer, for a reader that may be slower than the model. Unread text waits; it is never more than the
/// answer is long, and ends with the run.
/// </summary>
internal sealed class RunFeed : IRunObserver, IDisposable
{
    /// <summary>When a reader that has got nothing is woken first, to answer at all, and then again and again, to show that it lives.</summary>
    private static readonly TimeSpan FirstPulse = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan PulseInterval = TimeSpan.FromSeconds(15);

    private readonly Channel<FeedItem> _items = Channel.CreateUnbounded<FeedItem>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ITimer _pulse;
    private ReadOnlyMemory<char> _shown;
    private bool _takenBack;
    private bool _hasText;

    public RunFeed(TimeProvider time) =>
        _pulse = time.CreateTimer(static state => ((RunFeed)state!)._items.Writer.TryWrite(FeedItem.Pulse), this, FirstPulse, PulseInterval);

    /// <summary>Text as it comes; it is complete when the run has ended.</summary>
    public ChannelReader<FeedItem> Items => _items.Reader;

    public void OnRunEvent(AgentRun run, RunEvent runEvent)
    {
        switch (runEvent)
        {
            case AssistantText text:
                Add(New(text));
                break;
            case AssistantReset:
                _takenBack = true;
                break;
            case RunEnded or RunFailed:
                _items.Writer.TryComplete();
                break;
        }
    }

    public void Dispose()
    {
        _pulse.Dispose();
        _items.Writer.TryComplete();
    }

    private void Add(string text)
    {
        if (text.Length == 0)
            return;
        _hasText = true;
        _items.Writer.TryWrite(new FeedItem(text));
    }

    private string New(AssistantText text)
    {
        var before = _shown;
        _shown = text.Text;
        if (_takenBack)
        {
            // What was sent cannot be taken back: a second try that begins the same way goes on where the first one was.
            if (before.Span.StartsWith(text.Text.Span, StringComparison.Ordinal))
            {
                _shown = before;
                return "";
            }
            _takenBack = false;
            return text.Text.Span.StartsWith(before.Span, StringComparison.Ordinal) ? text.Text[before.Length..].ToString() : Separated(text.Text.ToString());
        }
        return text.Text.Length == text.Delta.Length ? Separated(text.Delta) : text.Delta;
    }

    /// <summary>A further message of the same answer begins after a blank line, as where they are told together.</summary>
    private string Separated(string text) => _hasText ? "\n\n" + text : text;
}

/// <summary>One piece of a feed.</summary>
/// <param name="Text">New text; null only wakes the reader.</param>
internal readonly record struct FeedItem(string? Text)
{
    public static FeedItem Pulse => new(null);
}
