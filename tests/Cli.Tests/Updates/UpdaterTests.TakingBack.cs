namespace OpenClaw.Cli.Tests.Updates;

/// <content>What is taken back when the gateway does not run with a new version, and what an update leaves that was killed before that was seen.</content>
public sealed partial class UpdaterTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AGatewayThatDoesNotComeUp_GetsItsVersionBack(bool restarts)
    {
        var gateway = new Gateway(_layout, restarts ? null : "systemctl says no", "it does not answer");

        var result = await UpdateAsync("2.0.0", gateway: gateway);

        Assert.Equal("error", result.Status);
        Assert.EndsWith("1.0.0 is in use again, and the gateway answers", result.Reason, StringComparison.Ordinal);
        Assert.Equal(("1.0.0", null), (_layout.CurrentName, _layout.PreviousName));
        Assert.Equal(["2.0.0", "1.0.0"], gateway.StartedWith);
        Assert.Empty(Leftovers());
    }

    [Fact]
    public async Task AGatewayThatComesUpWithNoVersion_IsNotCalledWell()
    {
        var gateway = new Gateway(_layout, null, "it does not answer") { IsDead = true };

        var result = await UpdateAsync("2.0.0", gateway: gateway);

        Assert.EndsWith("1.0.0 is in use again, but the gateway does not answer with it either: it does not answer", result.Reason, StringComparison.Ordinal);
        Assert.Equal("1.0.0", _layout.CurrentName);
    }

    [Fact]
    public async Task AnUpdateThatIsTakenBack_LeavesTheVersionBeforeTheLast()
    {
        await UpdateAsync("2.0.0");

        await UpdateAsync("3.0.0", gateway: new Gateway(_layout, null, "it does not answer"));

        Assert.Equal(("2.0.0", "1.0.0"), (_layout.CurrentName, _layout.PreviousName));
    }

    [Theory]
    [InlineData("restart", null, "2.0.0")]
    [InlineData("health", null, "2.0.0")]
    [InlineData("health", "it does not answer", "1.0.0")]
    public async Task CutShortBeforeTheGatewayWasSeen_TheNextUpdateSeesToIt(string step, string? health, string inUse)
    {
        await Assert.ThrowsAsync<KilledException>(() => UpdateAsync("2.0.0", gateway: new Gateway(_layout, null, null), onStep: name => name == step ? throw new KilledException() : Task.CompletedTask));
        var gateway = new Gateway(_layout, null, health);

        var result = await Updater(gateway: gateway).ResumeAsync("2.0.0");

        Assert.Equal(health is null ? ("ok", "1.0.0", "2.0.0") : ("error", "1.0.0", "1.0.0"), (result!.Status, result.Before, result.After));
        Assert.Equal(inUse, _layout.CurrentName);
        Assert.Equal("2.0.0", gateway.StartedWith[0]);
        Assert.Null(await Updater(gateway: gateway).ResumeAsync(inUse));
        Assert.Empty(Leftovers());
    }

    [Fact]
    public async Task CutShort_AndAnotherVersionInUseMeanwhile_NothingIsTakenBack()
    {
        await Assert.ThrowsAsync<KilledException>(() => UpdateAsync("2.0.0", gateway: new Gateway(_layout, null, null), onStep: static name => name == "health" ? throw new KilledException() : Task.CompletedTask));
        Install("3.0.0");
        _layout.Point(_layout.Current, "3.0.0");

        Assert.Null(await Updater(gateway: new Gateway(_layout, null, "it does not answer")).ResumeAsync("3.0.0"));
        Assert.Equal("3.0.0", _layout.CurrentName);
    }
}
