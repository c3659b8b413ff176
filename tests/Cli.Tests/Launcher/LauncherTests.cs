namespace OpenClaw.Cli.Tests.Launcher;

/// <summary><c>./openclaw</c>: builds when it has to, and gets out of the way.</summary>
public sealed class LauncherTests : IDisposable
{
    private readonly FakeCheckout _checkout = new();

    public void Dispose() => _checkout.Dispose();

    [Fact]
    public async Task Run_FirstTime_ProbesTheFeedBuildsAndRuns()
    {
        var result = await _checkout.RunAsync("gateway", "--port", "1 2");

        Assert.Equal("args: gateway --port 1 2\n", result.Out);
        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith("openclaw: building", result.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(_checkout.PackageFeed));
        Assert.Contains("-p:PublishReadyToRun=true", _checkout.AllCalls, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_NothingChanged_DoesNotBuildAgain()
    {
        await _checkout.RunAsync();

        var result = await _checkout.RunAsync("status");

        Assert.Equal(("args: status\n", ""), (result.Out, result.Error));
        Assert.Equal(1, _checkout.Builds);
    }

    [Fact]
    public async Task Run_SourceChanged_BuildsAgain()
    {
        await _checkout.RunAsync();
        FakeCheckout.Touch(_checkout.Source);

        await _checkout.RunAsync();

        Assert.Equal(2, _checkout.Builds);
    }

    [Fact]
    public async Task Run_SourceRemoved_BuildsAgain()
    {
        await _checkout.RunAsync();
        File.Delete(_checkout.Source);
        FakeCheckout.Touch(Path.GetDirectoryName(_checkout.Source)!);

        await _checkout.RunAsync();

        Assert.Equal(2, _checkout.Builds);
    }

    [Fact]
    public async Task Run_BuildOutputChanged_DoesNotBuildAgain()
    {
        var objects = Directory.CreateDirectory(Path.Combine(_checkout.Root, "Cli", "obj")).FullName;
        await _checkout.RunAsync();
        await File.WriteAllTextAsync(Path.Combine(objects, "Generated.cs"), "// generated");
        FakeCheckout.Touch(Path.Combine(objects, "Generated.cs"));

        await _checkout.RunAsync();

        Assert.Equal(1, _checkout.Builds);
    }

    [Fact]
    public async Task Run_TwiceAtOnce_BuildsOnce()
    {
        _checkout.Variables["FAKE_SLOW"] = "0.5";

        var results = await Task.WhenAll(_checkout.RunAsync("a"), _checkout.RunAsync("b"), _checkout.RunAsync("c"));

        Assert.Equal(["args: a\n", "args: b\n", "args: c\n"], results.Select(result => result.Out));
        Assert.Equal(1, _checkout.Builds);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(42)]
    public async Task Run_ExitCode_IsTheProgramsOwn(int exitCode)
    {
        _checkout.Variables["FAKE_EXIT"] = $"{exitCode}";

        Assert.Equal(exitCode, (await _checkout.RunAsync()).ExitCode);
    }

    [Fact]
    public async Task Run_ThroughALink_FindsItsCheckout()
    {
        var result = await _checkout.RunScriptAsync(_checkout.Link(), "x");

        Assert.Equal("args: x\n", result.Out);
    }

    [Fact]
    public async Task Run_BuildFails_ShowsTheErrorsButNoFeedAndRunsNothing()
    {
        await _checkout.RunAsync();
        FakeCheckout.Touch(_checkout.Source);
        _checkout.Variables["FAKE_BROKEN"] = "1";

        var result = await _checkout.RunAsync("gateway");

        Assert.Equal(1, result.ExitCode);
        Assert.Equal("", result.Out);
        Assert.Contains("error CS1002", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("feed.example", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_AfterAFailedBuild_TriesAgain()
    {
        _checkout.Variables["FAKE_BROKEN"] = "1";
        await _checkout.RunAsync();
        _checkout.Variables.Remove("FAKE_BROKEN");

        Assert.Equal("args: x\n", (await _checkout.RunAsync("x")).Out);
    }

    [Fact]
    public async Task Run_WithoutTheReadyToRunCompiler_BuildsAnyway()
    {
        _checkout.Variables["FAKE_R2R"] = "1";

        var result = await _checkout.RunAsync("x");

        Assert.Equal("args: x\n", result.Out);
        Assert.Contains("-p:PublishReadyToRun=false", _checkout.AllCalls, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0", "0", "full")]
    [InlineData("1", "0", "partial")]
    public async Task ProbeFeed_WhatRestores_IsRememberedAndNotAskedAgain(string full, string partial, string answer)
    {
        _checkout.Variables["FAKE_FULL"] = full;
        _checkout.Variables["FAKE_PARTIAL"] = partial;
        var probe = Path.Combine(_checkout.Root, "eng", "probe-feed");

        Assert.Equal(0, (await _checkout.RunScriptAsync(probe)).ExitCode);
        var calls = _checkout.AllCalls;
        Assert.Equal(0, (await _checkout.RunScriptAsync(probe)).ExitCode);

        Assert.Contains($"<PackageFeed>{answer}</PackageFeed>", await File.ReadAllTextAsync(_checkout.PackageFeed), StringComparison.Ordinal);
        Assert.Equal(calls, _checkout.AllCalls);
    }

    [Fact]
    public async Task ProbeFeed_NothingRestores_RemembersNothingAndFails()
    {
        _checkout.Variables["FAKE_FULL"] = _checkout.Variables["FAKE_PARTIAL"] = "1";

        var result = await _checkout.RunAsync("x");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("probe-feed: no package set restores", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_checkout.PackageFeed));
    }
}
