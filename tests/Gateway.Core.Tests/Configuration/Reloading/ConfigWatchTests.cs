using Microsoft.Extensions.Logging.Abstractions;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Configuration.Reloading;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Configuration.Reloading;

/// <summary>The file, changed in all the ways in which editors and people do it.</summary>
public sealed class ConfigWatchTests : IAsyncLifetime
{
    private readonly ConfigHome _home = new("{ gateway: { port: 1, reload: { debounceMs: 0 } } }");
    private readonly List<string> _changes = [];
    private ConfigStore _store = null!;
    private ConfigWatch _watch = null!;

    public async Task InitializeAsync()
    {
        _store = await _home.OpenAsync();
        _store.Changed += (_, change) =>
        {
            lock (_changes)
                _changes.Add(string.Join(' ', change.Paths));
        };
        _watch = new ConfigWatch(_store, new ConfigWatchOptions { Interval = TimeSpan.FromMilliseconds(5), Reread = TimeSpan.FromMilliseconds(50) }, NullLogger<ConfigWatch>.Instance, TimeProvider.System);
        await _watch.StartAsync(CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        await _watch.StopAsync(CancellationToken.None);
        _watch.Dispose();
        _store.Dispose();
        _home.Dispose();
    }

    [Fact]
    public async Task Edit_InPlace_ComesIntoForce()
    {
        _home.Write(With(2));

        await PortIsAsync(2);
    }

    [Fact]
    public async Task Edit_ByRename_ComesIntoForce()
    {
        File.WriteAllText(_home.Environment.ConfigPath + ".new", With(3));
        File.Move(_home.Environment.ConfigPath + ".new", _home.Environment.ConfigPath, overwrite: true);

        await PortIsAsync(3);
    }

    [Fact]
    public async Task Edit_BehindALink_ComesIntoForce()
    {
        Directory.CreateDirectory(_home["one"]);
        Directory.CreateDirectory(_home["two"]);
        File.WriteAllText(_home["one", "oc.json"], With(4));
        File.WriteAllText(_home["two", "oc.json"], With(5));
        File.CreateSymbolicLink(_home["live"], _home["one"]);
        File.Delete(_home.Environment.ConfigPath);
        File.CreateSymbolicLink(_home.Environment.ConfigPath, Path.Combine(_home["live"], "oc.json"));
        await PortIsAsync(4);

        // As container platforms swap mounted files: a directory link in the middle.
        Directory.Delete(_home["live"]);
        File.CreateSymbolicLink(_home["live"], _home["two"]);

        await PortIsAsync(5);
    }

    [Fact]
    public async Task Edit_OfAnIncludedFile_ComesIntoForce()
    {
        File.WriteAllText(_home[".openclaw", "gw.json5"], "{ port: 6 }");
        _home.Write("{ gateway: { $include: './gw.json5', reload: { debounceMs: 0 } } }");
        await PortIsAsync(6);

        File.WriteAllText(_home[".openclaw", "gw.json5"], "{ port: 7 }");

        await PortIsAsync(7);
    }

    [Theory]
    [InlineData("{ gateway: { port: ")]
    [InlineData("{ gateway: { port: 'x' } }")]
    [InlineData("")]
    [InlineData("{ $include: 'a\\u0000b' }")]
    [InlineData("{ logging: { file: 'a\\u0000b' } }")]
    [InlineData("{ $include: '../../../../../../../../dev/zero' }")]
    [InlineData(null)]
    public async Task Edit_ThatIsBad_KeepsTheLastGoodOne_AndIsToldUntilItIsGood(string? bad)
    {
        if (bad is null)
            File.Delete(_home.Environment.ConfigPath);
        else
            _home.Write(bad);
        await TestTimeouts.Until(() => _store.Problem is not null, "the problem to be noticed");
        Assert.Equal(1, _store.Current.Gateway.Port);

        _home.Write(With(8));

        await PortIsAsync(8);
        Assert.Null(_store.Problem);
    }

    [Fact]
    public async Task Edit_ThatMakesTheWatchFail_IsForgottenWithTheNext()
    {
        var failed = new TaskCompletionSource();
        EventHandler listener = (_, _) =>
        {
            failed.TrySetResult();
            throw new InvalidOperationException("a listener's own fault");
        };
        _store.ProblemChanged += listener;
        _home.Write("{");
        await failed.Task.WithTimeout();
        _store.ProblemChanged -= listener;

        _home.Write(With(2));

        await PortIsAsync(2);
    }

    [Fact]
    public async Task Edit_ThatNeverEnds_ComesIntoForce()
    {
        var port = 100;
        _home.Write("{ gateway: { port: 2, reload: { debounceMs: 300 } } }");
        await PortIsAsync(2);

        await TestTimeouts.Until(
            () =>
            {
                _home.Write($"{{ gateway: {{ port: {++port}, reload: {{ debounceMs: 300 }} }} }}");
                return _store.Current.Gateway.Port > 100;
            },
            "a file that changes all the time to be read");
    }

    [Fact]
    public async Task Edit_OfCommentsOrOfTheStamp_ChangesNothing()
    {
        _home.Write("{ gateway: { port: 1, reload: { debounceMs: 0 } }, /* a note */ meta: { lastTouchedAt: '2026-01-01T00:00:00.000Z' } }");
        await TestTimeouts.Until(() => _store.Current.Raw!.Contains("a note", StringComparison.Ordinal), "the text to be read");

        _home.Write(With(9));
        await PortIsAsync(9);

        lock (_changes)
            Assert.Equal(["gateway.port"], _changes);
    }

    [Fact]
    public async Task Edit_WithFollowingSwitchedOff_WaitsUntilItIsSwitchedOn()
    {
        _home.Write("{ gateway: { port: 2, reload: { mode: 'off', debounceMs: 0 } } }");
        var before = _store.Current;
        await _store.ReloadAsync();
        Assert.Same(before, _store.Current);

        _home.Write(With(3));

        await PortIsAsync(3);
    }

    private static string With(int port) => $"{{ gateway: {{ port: {port}, reload: {{ debounceMs: 0 }} }} }}";

    private Task PortIsAsync(int port) => TestTimeouts.Until(() => _store.Current.Gateway.Port == port, $"port {port} to be in force");
}
