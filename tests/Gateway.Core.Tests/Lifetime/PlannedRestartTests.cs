using OpenClaw.Gateway.Core.Lifetime;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Lifetime;

public sealed class PlannedRestartTests : IDisposable
{
    private readonly TempDirectory _state = new();
    private readonly ManualTimeProvider _time = new();

    public void Dispose() => _state.Dispose();

    private PlannedRestart Note => new(_state.Path);

    [Fact]
    public async Task Take_Left_CountsOnce()
    {
        Assert.Null(await Note.LeaveAsync(_time, 7));

        Assert.True(Note.IsThere);
        Assert.True(Note.Take(_time, 7));
        Assert.False(Note.IsThere);
        Assert.False(Note.Take(_time, 7));
    }

    [Fact]
    public async Task Take_ForAnotherProcess_DoesNotCount()
    {
        await Note.LeaveAsync(_time, 7);

        Assert.False(Note.Take(_time, 8));
        Assert.False(Note.IsThere);
    }

    [Fact]
    public async Task Take_TooOld_DoesNotCount()
    {
        await Note.LeaveAsync(_time);
        _time.Advance(PlannedRestart.Lifetime + TimeSpan.FromSeconds(1));

        Assert.False(Note.Take(_time, 7));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{\"atMs\":\"x\"}")]
    [InlineData("{\"atMs\":9223372036854775807}")]
    public async Task Take_Nonsense_DoesNotCount(string content)
    {
        await File.WriteAllTextAsync(_state["planned-restart.json"], content);

        Assert.False(Note.Take(_time, 7));
    }

    [Fact]
    public async Task Leave_DirectoryThatIsNone_SaysSo()
    {
        await File.WriteAllTextAsync(_state["state"], "");

        Assert.Contains("planned-restart.json", await new PlannedRestart(_state["state"]).LeaveAsync(_time), StringComparison.Ordinal);
    }
}
