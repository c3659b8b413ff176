using OpenClaw.Channels.Abstractions.Status;
using OpenClaw.Channels.Contract;
using OpenClaw.Testing;

namespace OpenClaw.Channels.Abstractions.Tests.Status;

/// <summary>What is told of accounts.</summary>
public sealed class StatusBoardTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _time = new();
    private ChannelRig _rig = null!;
    private StatusBoard _board = null!;

    public async Task InitializeAsync()
    {
        _rig = await ChannelRig.CreateAsync();
        _board = new StatusBoard(_rig.Bus, _time);
    }

    public async Task DisposeAsync() => await _rig.DisposeAsync();

    [Fact]
    public async Task Change_IsTold()
    {
        _board.Set("memory:a", static _ => New("one"));
        await _board.FlushAsync(all: false, CancellationToken.None);
        _board.Update("memory:a", static status => status with { LastError = "two" });
        await _board.FlushAsync(all: false, CancellationToken.None);

        Assert.Equal("two", (await _rig.FindStatusAsync("memory", "a"))!.LastError);
    }

    [Fact]
    public async Task AccountOfSomebodyElse_IsNotSpokenFor()
    {
        _board.Set("memory:a", static _ => New("one"));
        _board.Leave("memory:a");
        _board.Update("memory:a", static status => status with { LastError = "two" });
        await _board.FlushAsync(all: true, CancellationToken.None);

        Assert.Null(await _rig.FindStatusAsync("memory", "a"));
    }

    [Fact]
    public async Task AccountThatIsNoMore_IsForgottenAtOnce()
    {
        _board.Set("memory:a", static _ => New("one"));
        await _board.FlushAsync(all: false, CancellationToken.None);
        await _board.RemoveAsync("memory:a", CancellationToken.None);

        Assert.Null(await _rig.FindStatusAsync("memory", "a"));
    }

    [Fact]
    public async Task Run_TellsChangesByItself()
    {
        using var stop = new CancellationTokenSource();
        var running = _board.RunAsync(stop.Token);
        _board.Set("memory:a", static _ => New("one"));
        await TestTimeouts.Until(
            async () =>
            {
                _time.Advance(TimeSpan.FromMilliseconds(50));
                return (await _rig.FindStatusAsync("memory", "a"))?.LastError == "one";
            },
            "the status");
        await stop.CancelAsync();
        await running.WithTimeout();
    }

    private static AccountStatus New(string error) => new() { Channel = "memory", AccountId = "a", LastError = error };
}
