using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Agents.Tools.Exec;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Agents.Tools;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class ExecToolTests
{
    private const string Full = """{"security":"full"}""";

    [Fact]
    public async Task Exec_Success_GivesOutputOfBothStreamsAndDetails()
    {
        await using var exec = new ExecHarness(null, Full);

        var result = await exec.ExecAsync("echo out; echo err >&2; pwd");

        Assert.False(result.IsError);
        Assert.Equal(["err", "out", exec.Workspace], ExecHarness.TextOf(result).Split('\n').Order(StringComparer.Ordinal).OrderBy(static l => l.StartsWith('/')));
        Assert.Equal(("completed", 0, exec.Workspace), ((string?)result.Details!["status"], (int?)result.Details["exitCode"], (string?)result.Details["cwd"]));
        Assert.Equal(ExecHarness.TextOf(result), (string?)result.Details["aggregated"]);
    }

    [Fact]
    public async Task Exec_NoOutput_SaysSo()
    {
        await using var exec = new ExecHarness(null, Full);

        Assert.Equal("(no output)", ExecHarness.TextOf(await exec.ExecAsync("true")));
    }

    [Fact]
    public async Task Exec_ExitCode_IsErrorWithOutputFirst()
    {
        await using var exec = new ExecHarness(null, Full);

        var result = await exec.ExecAsync("echo alpha; exit 3");

        Assert.True(result.IsError);
        Assert.Equal("alpha\n\nCommand exited with code 3", ExecHarness.ErrorOf(result));
    }

    [Fact]
    public async Task Exec_UnknownDirectory_WarnsAndUsesWorkspace()
    {
        await using var exec = new ExecHarness(null, Full);

        var result = await exec.ExecAsync(new JsonObject { ["command"] = "pwd", ["workdir"] = "/nope" });

        Assert.Equal($"Warning: workdir \"/nope\" is unavailable; using \"{exec.Workspace}\".\n\n{exec.Workspace}", ExecHarness.TextOf(result));
    }

    [Fact]
    public async Task Exec_TimeLimit_KillsTheWholeTree()
    {
        await using var exec = new ExecHarness(null, Full);
        var arguments = new JsonObject { ["command"] = "sh -c 'echo $$ > inner; sleep 1000 & echo $! > child; wait'", ["timeout"] = 1 };

        var running = exec.ExecAsync(arguments);
        await FilesExist(exec, "inner", "child");
        await TestTimeouts.Until(() => exec.Time.ArmedTimers > 0, "the limit is armed");
        exec.Time.Advance(TimeSpan.FromSeconds(1));
        var result = await running;

        Assert.Equal("Command timed out after 1 seconds", ExecHarness.ErrorOf(result));
        await AllGone(exec, "inner", "child");
    }

    [Fact]
    public void Kill_OfAProcessThatIsDisposedOfMeanwhile_DoesNotThrow()
    {
        using var process = System.Diagnostics.Process.Start("true");
        process.WaitForExit();
        var pid = process.Id;
        process.Dispose();

        Assert.Null(Record.Exception(() => OpenClaw.Gateway.Core.Agents.Tools.Exec.ProcessGroup.KillAll(process, pid, isLeader: true)));
    }

    [Fact]
    public async Task Exec_Aborted_KillsTheWholeTreeAndProcessesThatHideInTheGroup()
    {
        await using var exec = new ExecHarness(null, Full);
        using var abort = new CancellationTokenSource();
        // The grandchild's parent ends at once, so nothing but the group connects it to the command.
        var running = exec.ExecAsync("(sleep 1000 & echo $! > orphan); echo $$ > inner; sleep 1000", abort.Token);
        await FilesExist(exec, "inner", "orphan");

        await abort.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        await AllGone(exec, "inner", "orphan");
    }

    [Fact]
    public async Task Exec_EndsButLeavesChildHoldingThePipe_ResultStillComes()
    {
        await using var exec = new ExecHarness(null, Full);

        var result = await exec.ExecAsync("echo done; sleep 1000 & echo $! > child");

        Assert.Equal("done", ExecHarness.TextOf(result));
        await AllGone(exec, "child");
    }

    [Fact]
    public async Task Exec_MuchOutput_KeepsTheEnd()
    {
        await using var exec = new ExecHarness(null, Full);

        var result = await exec.ExecAsync("i=0; while [ $i -lt 60000 ]; do echo \"line $i\"; i=$((i+1)); done");

        var text = ExecHarness.TextOf(result);
        Assert.InRange(text.Length, 190_000, OutputBuffer.MaxChars);
        Assert.EndsWith("line 59999", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exec_TerminalSequences_AreTakenOut()
    {
        await using var exec = new ExecHarness(null, Full);

        var result = await exec.ExecAsync("printf '\\033[31mred\\033[0m \\033]0;title\\007plain\\b\\000'");

        Assert.Equal("red plain", ExecHarness.TextOf(result));
    }

    [Fact]
    public async Task Exec_TakesLong_GoesOnInBackgroundAndProcessFollowsIt()
    {
        await using var exec = new ExecHarness(null, Full);
        var running = exec.ExecAsync(new JsonObject { ["command"] = "echo early; read line; echo got $line", ["yieldMs"] = 500 });
        await TestTimeouts.Until(() => exec.Updates.Count > 0 && exec.Time.ArmedTimers == 2, "the first output, and the tool to wait");
        exec.Time.Advance(TimeSpan.FromMilliseconds(500));
        var started = await running;
        var name = (string)started.Details!["sessionId"]!;

        Assert.Equal("running", (string?)started.Details["status"]);
        Assert.StartsWith($"Command still running (session {name}, pid ", ExecHarness.TextOf(started), StringComparison.Ordinal);
        Assert.Contains("early", ExecHarness.TextOf(await exec.ProcessAsync("poll", name)), StringComparison.Ordinal);
        await exec.ProcessAsync("submit", name, "word");
        await TestTimeouts.Until(() => exec.Processes.Find("main", name)!.Exit is not null, "the command to end");
        var polled = await exec.ProcessAsync("poll", name);

        Assert.Equal("got word\n\nProcess exited with code 0.", ExecHarness.TextOf(polled));
        Assert.Equal("early\ngot word", ExecHarness.TextOf(await exec.ProcessAsync("log", name)));
        var row = (await exec.ProcessAsync("list")).Details!["sessions"]![0]!;
        Assert.Equal((name, "completed", 0), ((string?)row["sessionId"], (string?)row["status"], (int?)row["exitCode"]));
    }

    [Fact]
    public async Task Process_Kill_EndsBackgroundCommand()
    {
        await using var exec = new ExecHarness(null, Full);
        var started = await exec.ExecAsync(new JsonObject { ["command"] = "echo $$ > inner; sleep 1000", ["background"] = true });
        var name = (string)started.Details!["sessionId"]!;
        await FilesExist(exec, "inner");

        await exec.ProcessAsync("kill", name);

        await AllGone(exec, "inner");
        Assert.Equal("Cleared session " + name + ".", ExecHarness.TextOf(await exec.ProcessAsync("clear", name)));
        Assert.Equal($"No session found for {name}", ExecHarness.TextOf(await exec.ProcessAsync("poll", name)));
    }

    [Fact]
    public async Task Process_FinishedLongAgo_IsForgotten()
    {
        await using var exec = new ExecHarness(null, Full);
        var started = await exec.ExecAsync(new JsonObject { ["command"] = "true", ["background"] = true });
        var name = (string)started.Details!["sessionId"]!;
        await TestTimeouts.Until(() => exec.Processes.Find("main", name)!.Exit is not null, "the command to end");

        exec.Time.Advance(TimeSpan.FromMinutes(30));

        Assert.Null(exec.Processes.Find("main", name));
    }

    [Fact]
    public async Task Process_OtherAgentsCommand_IsNotFound()
    {
        await using var exec = new ExecHarness(null, Full);
        var started = await exec.ExecAsync(new JsonObject { ["command"] = "sleep 1000", ["background"] = true });

        Assert.Null(exec.Processes.Find("other", (string)started.Details!["sessionId"]!));
    }

    [Fact]
    public async Task Table_GatewayStops_EndsBackgroundCommands()
    {
        await using var exec = new ExecHarness(null, Full);
        await exec.ExecAsync(new JsonObject { ["command"] = "echo $$ > inner; sleep 1000", ["background"] = true });
        await FilesExist(exec, "inner");

        await exec.Processes.StopAsync(CancellationToken.None).WithTimeout();

        await AllGone(exec, "inner");
    }

    private static Task FilesExist(ExecHarness exec, params string[] names) => TestTimeouts.Until(
        () => names.All(name => File.Exists(Path.Combine(exec.Workspace, name)) && File.ReadAllText(Path.Combine(exec.Workspace, name)).EndsWith('\n')),
        string.Join(", ", names));

    private static Task AllGone(ExecHarness exec, params string[] names) => TestTimeouts.Until(
        () => names.All(name => !IsAlive(int.Parse(File.ReadAllText(Path.Combine(exec.Workspace, name)), CultureInfo.InvariantCulture))),
        "all processes to be gone");

    private static bool IsAlive(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            // A zombie waits for a reaper that is not ours.
            return !File.Exists($"/proc/{pid}/stat") || !File.ReadAllText($"/proc/{pid}/stat").Contains(") Z", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is ArgumentException or IOException)
        {
            return false;
        }
    }
}
