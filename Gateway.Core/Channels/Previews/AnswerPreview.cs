using OpenClaw.Gateway.Core.Channels.Sending;

namespace OpenClaw.Gateway.Core.Channels.Previews;

/// <summary>
/// The preview of one run's answer: the newest text, shown when the one before has been and its pause is over. It ends with the run, with the first that
/// cannot be shown, and with a text that is too long.
/// </summary>
/// <param name="options">How much is shown.</param>
/// <param name="show">Shows a text; false when that is not possible.</param>
/// <param name="work">Owns what goes on.</param>
/// <param name="time">Clock.</param>
internal sealed class AnswerPreview(PreviewOptions options, Func<string, CancellationToken, Task<bool>> show, OwnedTasks work, TimeProvider time) : IDisposable
{
    /// <summary>Shortest time from one to the next (channels.md A2, draft streaming).</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(300);

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _end = new();
    private ReadOnlyMemory<char> _text;
    private string _shown = "";
    private int _blocksEnd;
    private bool _isShowing;
    private bool _isOver;
    private bool _isDisposed;

    /// <summary>The text is this now.</summary>
    public void Show(ReadOnlyMemory<char> text)
    {
        CancellationToken ended;
        lock (_gate)
        {
            if (_isOver)
                return;
            if (text.Length > options.MaxLength)
            {
                _isOver = true;
                return;
            }
            if (options.InBlocks && !text.Span.StartsWith(_text.Span))
                _blocksEnd = 0;
            _text = text;
            if (_isShowing || Showable().Length == 0)
                return;
            _isShowing = true;
            ended = _end.Token;
        }
        work.Start(() => ShowAllAsync(ended));
    }

    /// <summary>The text does not count any more; another will come.</summary>
    public void Forget()
    {
        lock (_gate)
            (_text, _blocksEnd) = (default, 0);
    }

    /// <summary>The run is over. What is on its way is given up.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isDisposed)
                return;
            _isOver = _isDisposed = true;
        }
        _end.Cancel();
        _end.Dispose();
    }

    private async Task ShowAllAsync(CancellationToken ended)
    {
        while (Next() is { } text)
        {
            var since = time.GetTimestamp();
            if (!await show(text, ended).ConfigureAwait(false))
            {
                lock (_gate)
                    _isOver = true;
                return;
            }
            if (Interval - time.GetElapsedTime(since) is { Ticks: > 0 } rest)
                await Task.Delay(rest, time, ended).ConfigureAwait(false);
        }
    }

    /// <summary>What is to be shown next; null when there is nothing new.</summary>
    private string? Next()
    {
        lock (_gate)
        {
            var text = _isOver ? "" : Showable().ToString();
            if (text.Length == 0 || text == _shown)
            {
                _isShowing = false;
                return null;
            }
            return _shown = text;
        }
    }

    private ReadOnlySpan<char> Showable()
    {
        if (!options.InBlocks)
            return _text.Span;
        _blocksEnd = PreviewBlocks.EndOf(_text.Span, _blocksEnd, options);
        return _text.Span[.._blocksEnd].TrimEnd();
    }
}
