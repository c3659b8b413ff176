using OpenClaw.Gateway.Core.Lifetime;
using OpenClaw.Gateway.Core.SafeMode;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.SafeMode;

public sealed class StartHistoryTests : IDisposable
{
    private readonly TempDirectory _state = new();
    private readonly ManualTimeProvider _time = new();

    public void Dispose() => _state.Dispose();

    private string FilePath => _state["gateway-starts.json"];

    [Fact]
    public async Task Begin_ThreeStartsWithoutAnEnd_TheFourthIsInSafeMode()
    {
        for (var start = 0; start < StartHistory.Limit; start++)
            Assert.False((await StartAsync()).IsActive);

        var state = await StartAsync();

        Assert.True(state.IsActive);
        Assert.False(state.Ended.IsCompleted);
        Assert.Contains("ended 3 times within 5 minutes", state.Reason, StringComparison.Ordinal);
        Assert.Equal(_time.GetUtcNow(), state.Since);
    }

    [Fact]
    public async Task Begin_CrashesFarApart_AreChance()
    {
        for (var start = 0; start < 10; start++)
        {
            Assert.False((await StartAsync()).IsActive);
            _time.Advance(TimeSpan.FromSeconds(101));
        }
    }

    [Fact]
    public async Task Begin_OrderlyStopBetween_BeginsAnew()
    {
        for (var start = 0; start < StartHistory.Limit; start++)
            await StartAsync();
        new StartHistory(_state.Path, _time).End();

        Assert.False((await StartAsync()).IsActive);
    }

    [Fact]
    public async Task Begin_PlannedRestart_IsNoCrash()
    {
        for (var start = 0; start < StartHistory.Limit; start++)
            await StartAsync();
        await new PlannedRestart(_state.Path).LeaveAsync(_time);

        Assert.False((await StartAsync()).IsActive);
        Assert.False((await StartAsync()).IsActive);
    }

    [Fact]
    public async Task Begin_SafeModeAfterSafeMode_LastsLonger()
    {
        for (var start = 0; start < StartHistory.Limit; start++)
            await StartAsync();
        var durations = new List<double>();
        for (var hold = 0; hold < 7; hold++)
            durations.Add((await StartAsync()).Duration.TotalMinutes);
        _time.Advance(TimeSpan.FromHours(2));
        for (var start = 0; start < StartHistory.Limit; start++)
            Assert.False((await StartAsync()).IsActive);

        Assert.Equal([1, 2, 4, 8, 16, 30, 30], durations);
        Assert.Equal(StartHistory.FirstDuration, (await StartAsync()).Duration);
    }

    [Fact]
    public async Task Begin_ClockSetBack_StillCounts()
    {
        for (var start = 0; start < StartHistory.Limit; start++)
            await StartAsync();

        var (state, _) = await new StartHistory(_state.Path, new ManualTimeProvider(_time.GetUtcNow() - TimeSpan.FromMinutes(2))).BeginAsync();

        Assert.True(state.IsActive);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[1,2,3]")]
    [InlineData("{\"starts\":null}")]
    [InlineData("{\"starts\":[\"x\"]}")]
    [InlineData("{\"starts\":[9223372036854775807,-9223372036854775808],\"holds\":-5,\"heldAtMs\":-9223372036854775807}")]
    public async Task Begin_FileOfAnotherKind_IsAFirstStart(string content)
    {
        await File.WriteAllTextAsync(FilePath, content);

        Assert.False((await StartAsync()).IsActive);
    }

    [Fact]
    public async Task Begin_FileThatCannotBeWritten_SaysSoAndStarts()
    {
        Directory.CreateDirectory(FilePath);

        var (state, problem) = await new StartHistory(_state.Path, _time).BeginAsync();

        Assert.False(state.IsActive);
        Assert.Contains(FilePath, problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Begin_Wanted_NeedsNoCrash()
    {
        var (state, _) = await new StartHistory(_state.Path, _time).BeginAsync(isWanted: true);

        Assert.True(state.IsActive);
        Assert.Contains("asked for", state.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ResumptionDelay_ActiveAndYoung_IsWhatIsLeft()
    {
        var (state, _) = await new StartHistory(_state.Path, _time).BeginAsync(isWanted: true);

        Assert.Equal(SafeModeState.ResumptionPause, state.ResumptionDelay(TimeSpan.Zero));
        Assert.Equal(TimeSpan.FromSeconds(1), state.ResumptionDelay(SafeModeState.ResumptionPause - TimeSpan.FromSeconds(1)));
        Assert.Equal(TimeSpan.Zero, state.ResumptionDelay(TimeSpan.FromHours(1)));
        state.End();
        Assert.Equal(TimeSpan.Zero, state.ResumptionDelay(TimeSpan.Zero));
        Assert.True(state.Ended.IsCompleted);
    }

    private async Task<SafeModeState> StartAsync()
    {
        var (state, problem) = await new StartHistory(_state.Path, _time).BeginAsync();
        Assert.Null(problem);
        return state;
    }
}
