using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Configuration.Options;
using OpenClaw.Gateway.Core.HostCommands;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.HostCommands;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class HostCommandPolicyTests : IDisposable
{
    private readonly TempDirectory _home = new();
    private readonly HostCommandPolicy _policy;
    private readonly HostCommandRunner _runner = new(TimeProvider.System);

    public HostCommandPolicyTests() => _policy = new HostCommandPolicy(
        GatewayEnvironment.Create(new EnvironmentInputs
        {
            Variables = new Dictionary<string, string> { ["PATH"] = "/usr/local/bin:/usr/bin:/bin", ["OPENCLAW_GATEWAY_TOKEN"] = "secret", ["KEPT"] = "yes" },
            UserHomeDirectory = _home.Path,
            CurrentDirectory = _home.Path,
            TempDirectory = _home.Path,
            UserId = 1,
        }),
        new ManualTimeProvider(),
        NullLoggerFactory.Instance);

    public void Dispose()
    {
        _policy.Dispose();
        _home.Dispose();
    }

    [Fact]
    public async Task Judge_NothingWritten_AsksFirst() => Assert.Equal(HostCommandVerdict.ApprovalRequired, (await JudgeAsync("touch", "x")).Verdict);

    [Fact]
    public async Task Judge_TheFileSaysFull_RunsWhateverTheConfigurationSays()
    {
        Approve("""{"version":1,"defaults":{"security":"full","ask":"off"}}""");

        Assert.Equal(HostCommandVerdict.Run, (await JudgeAsync("touch", "x")).Verdict);
    }

    [Fact]
    public async Task Judge_TheFileSaysDeny_RefusesWhatIsApproved()
    {
        Approve("""{"version":1,"defaults":{"security":"deny"}}""");

        Assert.Equal(HostCommandVerdict.Disabled, (await JudgeAsync(new HostCommand { Arguments = ["touch"], Approved = true })).Verdict);
    }

    [Fact]
    public async Task Judge_TheFileCannotBeRead_AsksAboutEverything()
    {
        Approve("{ broken");

        Assert.Equal(HostCommandVerdict.ApprovalRequired, (await JudgeAsync("wc")).Verdict);
    }

    [Fact]
    public async Task Judge_NotListedAndAskingIsOff_Refuses()
    {
        Approve("""{"version":1,"defaults":{"security":"allowlist","ask":"off"}}""");

        Assert.Equal(HostCommandVerdict.NotListed, (await JudgeAsync("touch", "x")).Verdict);
    }

    [Fact]
    public async Task Judge_Listed_RunsTheProgramThatWasFound()
    {
        Approve("""{"version":1,"agents":{"*":{"allowlist":[{"pattern":"/**/touch"}]}}}""");

        var ruling = await JudgeAsync("touch", "$(evil)");

        Assert.Matches("^/.*/touch$", ruling.Start!.Arguments[0]);
        Assert.Equal("$(evil)", ruling.Start.Arguments[1]);
    }

    [Fact]
    public async Task Judge_ListedLineForAShell_IsQuotedWordForWord()
    {
        Approve("""{"version":1,"agents":{"*":{"allowlist":[{"pattern":"/**/echo"}]}}}""");

        var ruling = await JudgeAsync(new HostCommand { Arguments = ["/bin/sh", "-lc", "echo a && echo \"b c\""], RawLine = "echo a && echo \"b c\"" });

        Assert.Matches("^'/.*/echo' 'a' && '/.*/echo' 'b c'$", ruling.Start!.Arguments[2]);
        Assert.Equal(HostCommandVerdict.ApprovalRequired, (await JudgeAsync("/bin/sh", "-c", "echo $(touch x)")).Verdict);
    }

    [Theory]
    [InlineData("echo harmless", "rm", "-rf", "x")]
    [InlineData("echo harmless", "/bin/sh", "-c", "rm -rf x")]
    public async Task Judge_ALineThatIsNotWhatWouldRun_IsRefused_EvenWhenApproved(string line, params string[] arguments)
    {
        Approve("""{"version":1,"defaults":{"security":"full","ask":"off"}}""");

        Assert.Equal(HostCommandVerdict.LineDiffers, (await JudgeAsync(new HostCommand { Arguments = arguments, RawLine = line, Approved = true })).Verdict);
    }

    [Fact]
    public async Task Judge_ApprovedForGood_RunsUnapprovedNextTime()
    {
        Assert.Equal(HostCommandVerdict.Run, (await JudgeAsync(new HostCommand { Arguments = ["touch", "x"], Approved = true, ApprovedForGood = true })).Verdict);

        Assert.Equal(HostCommandVerdict.Run, (await JudgeAsync("touch", "y")).Verdict);
        Assert.Equal(HostCommandVerdict.ApprovalRequired, (await JudgeAsync("cat", "y")).Verdict);
    }

    [Fact]
    public async Task Judge_TheConfigurationOfTheAgent_CountsWhereTheFileIsSilent()
    {
        var config = """{"tools":{"exec":{"security":"deny"}},"agents":{"list":[{"id":"ops","tools":{"exec":{"security":"full","ask":"off"}}}]}}""";

        Assert.Equal(HostCommandVerdict.Disabled, (await JudgeAsync(new HostCommand { Arguments = ["ls"] }, config)).Verdict);
        Assert.Equal(HostCommandVerdict.Run, (await JudgeAsync(new HostCommand { Arguments = ["ls"], AgentId = "ops" }, config)).Verdict);
    }

    [Fact]
    public async Task Judge_Variables_LosesThoseThatLoadCode_AndTheGatewaysSecrets()
    {
        var ruling = await JudgeAsync(new HostCommand
        {
            Arguments = ["env"],
            Approved = true,
            Variables = new Dictionary<string, string> { ["LD_PRELOAD"] = "/x.so", ["PATH"] = "/evil", ["NODE_OPTIONS"] = "-r x", ["GREETING"] = "hi" },
        });

        var environment = ruling.Start!.Environment;
        Assert.Equal(("hi", "yes"), (environment["GREETING"], environment["KEPT"]));
        Assert.DoesNotContain("/evil", environment["PATH"], StringComparison.Ordinal);
        Assert.Empty(environment.Keys.Intersect(["LD_PRELOAD", "NODE_OPTIONS", "OPENCLAW_GATEWAY_TOKEN"]));
    }

    [Theory]
    [InlineData("/no/such/directory")]
    [InlineData("relative")]
    public async Task Judge_NoSuchDirectory_DoesNotRunElsewhere(string cwd) =>
        Assert.Equal(HostCommandVerdict.NoDirectory, (await JudgeAsync(new HostCommand { Arguments = ["ls"], Cwd = cwd, Approved = true })).Verdict);

    [Fact]
    public async Task Run_GivesBothStreamsAndTheCode()
    {
        var outcome = await RunAsync("echo out; echo err >&2; exit 3");

        Assert.Equal((3, false, "out\n", "err\n", false), (outcome.ExitCode, outcome.TimedOut, outcome.Output, outcome.ErrorOutput, outcome.Success));
    }

    [Fact]
    public async Task Run_MuchOutput_IsCutAndSaysSo()
    {
        var outcome = await RunAsync("head -c 300000 /dev/zero | tr '\\0' x");

        Assert.Equal(HostCommandRunner.MaxOutputBytes, outcome.Output.Count(c => c == 'x'));
        Assert.EndsWith("\n... (truncated)", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_OverItsTime_IsKilledWithWhatItStarted()
    {
        var outcome = await RunAsync("sleep 1000 & echo $! > child; wait", TimeSpan.FromMilliseconds(300));

        Assert.Equal((null, true), (outcome.ExitCode, outcome.TimedOut));
        // Nothing is left to write it when the limit comes before the shell gets to run.
        if (File.Exists(_home["child"]) && int.TryParse(await File.ReadAllTextAsync(_home["child"]), out var child))
            await TestTimeouts.Until(() => !IsAlive(child), "the child is gone");
    }

    [Fact]
    public async Task Run_Cancelled_IsKilledWithWhatHasLeftItsGroup()
    {
        using var stop = new CancellationTokenSource();
        var start = new HostCommandStart(
            ["/bin/sh", "-c", "setsid sh -c 'echo $$ > child; exec sleep 1000' & wait"], _home.Path, new Dictionary<string, string> { ["PATH"] = "/usr/local/bin:/usr/bin:/bin" });
        var running = _runner.RunAsync(start, null, stop.Token);
        await TestTimeouts.Until(() => File.Exists(_home["child"]) && File.ReadAllText(_home["child"]).EndsWith('\n'), "the child runs");

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WithTimeout());
        var child = int.Parse(await File.ReadAllTextAsync(_home["child"]), System.Globalization.CultureInfo.InvariantCulture);
        await TestTimeouts.Until(() => !IsAlive(child), "the child is gone");
    }

    [Fact]
    public async Task Judge_AFileWithAKeyTwice_AsksAboutEverything_AndKeepsItsApproval()
    {
        Approve("""{"version":1,"defaults":{"security":"full"},"defaults":{"security":"full","ask":"off"}}""");

        Assert.Equal(HostCommandVerdict.ApprovalRequired, (await JudgeAsync("wc")).Verdict);
        Assert.Equal(HostCommandVerdict.Run, (await JudgeAsync(new HostCommand { Arguments = ["wc"], Approved = true, ApprovedForGood = true })).Verdict);
    }

    [Fact]
    public async Task Judge_AWordWithoutMeaning_DoesNotHideADeny()
    {
        Approve("""{"version":1,"defaults":{"security":"deny"},"agents":{"main":{"security":"typo"}}}""");

        Assert.Equal(HostCommandVerdict.Disabled, (await JudgeAsync(new HostCommand { Arguments = ["touch"], Approved = true })).Verdict);
    }

    [Fact]
    public async Task Run_NoSuchProgram_IsAnOutcome()
    {
        var outcome = await _runner.RunAsync(new HostCommandStart(["no-such-program"], _home.Path, new Dictionary<string, string> { ["PATH"] = "/bin" }), null, default);

        Assert.Equal((null, "spawn no-such-program ENOENT"), (outcome.ExitCode, outcome.Problem));
    }

    [Fact]
    public void Which_NamesOnly()
    {
        var found = _policy.Which(["sh", "/bin/sh", "no-such-program", "../sh"]);

        Assert.EndsWith("/sh", Assert.Single(found).Value, StringComparison.Ordinal);
    }

    private static bool IsAlive(int pid)
    {
        // A zombie waits only to be counted by its parent.
        var status = $"/proc/{pid}/stat";
        try
        {
            return File.Exists(status) && !File.ReadAllText(status).Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    private Task<HostCommandOutcome> RunAsync(string line, TimeSpan? timeout = null) => _runner.RunAsync(
        new HostCommandStart(["/bin/sh", "-c", line], _home.Path, new Dictionary<string, string> { ["PATH"] = "/usr/local/bin:/usr/bin:/bin" }), timeout, default).WithTimeout();

    private void Approve(string json)
    {
        Directory.CreateDirectory(_home[".openclaw"]);
        File.WriteAllText(_home[".openclaw", "exec-approvals.json"], json);
    }

    private Task<HostCommandRuling> JudgeAsync(params string[] arguments) => JudgeAsync(new HostCommand { Arguments = arguments });

    private Task<HostCommandRuling> JudgeAsync(HostCommand command, string config = "{}") =>
        _policy.JudgeAsync(command, new ConfigSection(JsonNode.Parse(config)!.AsObject()), default);
}
