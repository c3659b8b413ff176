using System.Collections.Concurrent;
using OpenClaw.Gateway.Core.Channels.Previews;
using OpenClaw.Gateway.Core.Channels.Sending;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Channels.Previews;

/// <summary>The preview of one answer, by a clock that stands still.</summary>
public sealed class AnswerPreviewTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly ConcurrentQueue<string> _shown = new();
    private readonly ConcurrentQueue<Exception> _faults = new();
    private readonly OwnedTasks _work;
    private Func<string, CancellationToken, Task<bool>> _show = static (_, _) => Task.FromResult(true);

    public AnswerPreviewTests() => _work = new OwnedTasks(_faults.Enqueue);

    [Fact]
    public async Task Show_OfManyTexts_ShowsTheFirstAndThenTheNewestOfEachInterval()
    {
        using var preview = Create();
        preview.Show("a".AsMemory());
        await PausedAsync(1);
        preview.Show("ab".AsMemory());
        preview.Show("abc".AsMemory());
        Assert.Equal(["a"], _shown);

        _time.Advance(AnswerPreview.Interval - TimeSpan.FromTicks(1));
        Assert.Equal(["a"], _shown);
        _time.Advance(TimeSpan.FromTicks(1));
        await PausedAsync(2);

        Assert.Equal(["a", "abc"], _shown);
        _time.Advance(AnswerPreview.Interval);
        await IdleAsync();
        preview.Show("abcd".AsMemory());
        await PausedAsync(3);
        Assert.Equal(["a", "abc", "abcd"], _shown);
    }

    [Fact]
    public async Task Show_ThatIsSlow_IsOneAtATime()
    {
        var gate = new TaskCompletionSource<bool>();
        var most = 0;
        var now = 0;
        _show = async (_, _) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref now));
            await gate.Task;
            Interlocked.Decrement(ref now);
            return true;
        };
        using var preview = Create();
        preview.Show("a".AsMemory());
        await TestTimeouts.Until(() => _shown.Count == 1, "the first");
        _time.Advance(AnswerPreview.Interval * 3);
        preview.Show("ab".AsMemory());
        preview.Show("abc".AsMemory());
        gate.SetResult(true);

        // It took longer than the pause, so the next follows at once.
        await TestTimeouts.Until(() => _shown.Count == 2, "the second");
        Assert.Equal(["a", "abc"], _shown);
        Assert.Equal(1, most);
    }

    [Fact]
    public async Task Show_AfterOneThatFailed_IsNothing()
    {
        _show = static (_, _) => Task.FromResult(false);
        using var preview = Create();
        preview.Show("a".AsMemory());
        await IdleAsync();
        preview.Show("ab".AsMemory());
        await IdleAsync();

        Assert.Equal(["a"], _shown);
        Assert.Equal(0, _time.ArmedTimers);
    }

    [Fact]
    public async Task Show_OfTooMuch_EndsIt()
    {
        using var preview = Create(new PreviewOptions(3));
        preview.Show("abcd".AsMemory());
        preview.Show("a".AsMemory());
        await IdleAsync();

        Assert.Empty(_shown);
    }

    [Fact]
    public async Task Dispose_GivesUpWhatIsOnItsWay()
    {
        _show = static async (_, cancellation) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation);
            return true;
        };
        using var preview = Create();
        preview.Show("a".AsMemory());
        await TestTimeouts.Until(() => _shown.Count == 1, "the first");
        preview.Dispose();
        preview.Show("ab".AsMemory());
        await IdleAsync();

        Assert.Equal(["a"], _shown);
        Assert.Empty(_faults);
    }

    [Fact]
    public async Task Forget_WaitsForTheTextThatComes()
    {
        using var preview = Create();
        preview.Show("wrong".AsMemory());
        await PausedAsync(1);
        preview.Show("wrong too".AsMemory());
        preview.Forget();
        _time.Advance(AnswerPreview.Interval);
        await IdleAsync();
        preview.Show("right".AsMemory());
        await PausedAsync(2);

        Assert.Equal(["wrong", "right"], _shown);
    }

    [Fact]
    public async Task Show_InBlocks_ShowsWholeOnesAndBeginsAnewWithAnotherMessage()
    {
        using var preview = Create(new PreviewOptions(4000) { InBlocks = true, MinBlock = 5, MaxBlock = 40, Break = BlockBreak.Newline });
        preview.Show("one".AsMemory());
        await IdleAsync();
        Assert.Empty(_shown);
        preview.Show("one line\nand".AsMemory());
        await PausedAsync(1);
        _time.Advance(AnswerPreview.Interval);
        await IdleAsync();
        preview.Show("another\nmessage".AsMemory());
        await PausedAsync(2);

        Assert.Equal(["one line", "another"], _shown);
    }

    private AnswerPreview Create(PreviewOptions? options = null) => new(options ?? new PreviewOptions(4000), (text, cancellation) =>
    {
        _shown.Enqueue(text);
        return _show(text, cancellation);
    }, _work, _time);

    private Task PausedAsync(int shown) => TestTimeouts.Until(() => _shown.Count == shown && _time.ArmedTimers == 1, $"the pause after {shown}");

    private Task IdleAsync() => TestTimeouts.Until(() => _work.IsIdle, "nothing going on");
}
