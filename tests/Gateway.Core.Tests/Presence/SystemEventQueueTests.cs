using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Presence;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Presence;

public sealed class SystemEventQueueTests : IDisposable
{
    private readonly TempDirectory _home = new();
    private readonly ManualTimeProvider _time = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Kept_AreThereForANewProcess_InOrder_UntilTheyAreTold()
    {
        using (var first = Files())
        {
            var queue = new SystemEventQueue(first, _time);
            Assert.True(await queue.KeepAsync("one", "b"));
            _time.Advance(TimeSpan.FromSeconds(1));
            Assert.True(await queue.KeepAsync("two", "a"));
            // Killed between looking at them and storing the turn.
            using var lost = queue.Take();
            Assert.Equal(["one", "two"], lost.Events.Select(static told => told.Text));
        }
        using var files = Files();
        var again = new SystemEventQueue(files, _time);

        using (var taken = again.Take())
        {
            Assert.Equal(["one", "two"], taken.Events.Select(static told => told.Text));
            taken.Told();
        }

        Assert.Empty(again.Waiting);
    }

    [Fact]
    public async Task Kept_UnderTheSameId_AreKeptOnce()
    {
        using var files = Files();
        var queue = new SystemEventQueue(files, _time);

        Assert.True(await queue.KeepAsync("one", "id"));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(await queue.KeepAsync("one", "id"));

        Assert.Equal(["one"], queue.Waiting);
    }

    [Fact]
    public async Task Kept_TooMany_AreRefused_AndRemarksTakeNoneOfTheirPlaces()
    {
        using var files = Files();
        var queue = new SystemEventQueue(files, _time);
        for (var i = 0; i < SystemEventQueue.MaxWaiting; i++)
        {
            Assert.True(await queue.KeepAsync($"kept {i}", $"{i}"));
            queue.Add($"remark {i}");
            _time.Advance(TimeSpan.FromSeconds(1));
        }
        queue.Add("last remark");

        Assert.False(await queue.KeepAsync("one more", "more"));

        var waiting = queue.Waiting;
        Assert.Equal(SystemEventQueue.MaxWaiting, waiting.Count(static text => text.StartsWith("kept ", StringComparison.Ordinal)));
        Assert.DoesNotContain("remark 0", waiting);
        Assert.Equal("last remark", waiting[^1]);
    }

    [Fact]
    public async Task Taken_AndNotTold_WaitAgainInTheirPlace()
    {
        using var files = Files();
        var queue = new SystemEventQueue(files, _time);
        queue.Add("remark");
        _time.Advance(TimeSpan.FromSeconds(1));
        await queue.KeepAsync("kept", "id");
        _time.Advance(TimeSpan.FromSeconds(1));

        using (queue.Take())
            queue.Add("meanwhile");

        Assert.Equal(["remark", "kept", "meanwhile"], queue.Waiting);
    }

    [Fact]
    public async Task Taken_ByOneCore_AreNotToldByAnother()
    {
        using var files = Files();
        using var others = Files();
        var queue = new SystemEventQueue(files, _time);
        var other = new SystemEventQueue(others, _time);
        await queue.KeepAsync("kept", "id");

        using (var taken = queue.Take())
        {
            Assert.Empty(other.Take().Events);
            Assert.Single(taken.Events);
        }

        Assert.Equal(["kept"], other.Waiting);
    }

    [Fact]
    public async Task Files_ThatAreNotOurs_AreLeftAlone()
    {
        using var files = Files();
        var queue = new SystemEventQueue(files, _time);
        await queue.KeepAsync("kept", "id");
        var folder = Directory.EnumerateDirectories(_home.Path, "system-events", SearchOption.AllDirectories).Single();
        await File.WriteAllTextAsync(Path.Combine(folder, "notes.txt"), "mine");
        await File.WriteAllTextAsync(Path.Combine(folder, "999999999999999999-x.txt"), "no time");

        Assert.Equal(["kept"], queue.Waiting);
    }

    private KeptSystemEvents Files() => new(GatewayEnvironment.Create(new EnvironmentInputs
    {
        Variables = new Dictionary<string, string>(),
        UserHomeDirectory = _home.Path,
        CurrentDirectory = _home.Path,
        TempDirectory = _home.Path,
    }));
}
