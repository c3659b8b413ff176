using OpenClaw.Gateway.Core.Processes;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Processes;

public sealed class PortReclaimerTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task Reclaim_NoLsof_FailsAtOnce()
    {
        var result = await new PortReclaimer(new Lsof(null, _time), _time).ReclaimAsync(20001);
        Assert.Equal("lsof not found; required for --force", result.Error);
    }

    [Fact]
    public async Task Reclaim_FreePort_SaysSo()
    {
        var result = await Reclaimer("exit 1").ReclaimAsync(20001);
        Assert.Null(result.Error);
        Assert.Equal(["force: no listeners on port 20001"], result.Lines);
    }

    [Fact]
    public async Task Reclaim_Listener_IsAskedToEnd()
    {
        using var listener = new SleepingProcess();
        var reclaim = Reclaimer(ListsWhileAlive(listener.Id)).ReclaimAsync(20001);
        await listener.WaitForExitAsync().WithTimeout();
        await AdvanceUntilDone(reclaim);
        var result = await reclaim;
        Assert.Null(result.Error);
        Assert.Equal($"force: killed pid {listener.Id} (sleeper) on port 20001", result.Lines[0]);
        Assert.DoesNotContain(result.Lines, line => line.Contains("SIGKILL", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Reclaim_StubbornListener_IsKilled()
    {
        using var listener = new SleepingProcess(ignoreTerm: true);
        var reclaim = Reclaimer(ListsWhileAlive(listener.Id)).ReclaimAsync(20001);
        await AdvanceUntilDone(reclaim);
        var result = await reclaim;
        Assert.Contains("force: escalated to SIGKILL while freeing port 20001", result.Lines);
        await listener.WaitForExitAsync().WithTimeout();
    }

    [Fact]
    public async Task Reclaim_PortStaysBusy_GivesUp()
    {
        using var listener = new SleepingProcess();
        var reclaim = Reclaimer($"echo p{listener.Id}; echo csleeper").ReclaimAsync(20001);
        await AdvanceUntilDone(reclaim);
        Assert.Equal($"port 20001 still has listeners after --force: {listener.Id}", (await reclaim).Error);
    }

    [Fact]
    public async Task Reclaim_ThisProcess_IsNotEnded()
    {
        var result = await Reclaimer($"echo p{Environment.ProcessId}; echo cself").ReclaimAsync(20001);
        Assert.Null(result.Error);
        Assert.Equal(["force: no listeners on port 20001"], result.Lines);
    }

    [Fact]
    public async Task Reclaim_LsofFails_SaysWhy()
    {
        var result = await Reclaimer("echo broken >&2; exit 3").ReclaimAsync(20001);
        Assert.Equal("lsof failed with exit code 3: broken", result.Error);
    }

    [Fact]
    public void Parse_Output_GivesPidsAndNames() =>
        Assert.Equal([new PortListener(5, "node"), new PortListener(6, null)], Lsof.Parse("p5\ncnode\nf22\np6\nf3\n"));

    public void Dispose() => _directory.Dispose();

    private static string ListsWhileAlive(int pid) => $"kill -0 {pid} 2>/dev/null || exit 1; case \"$(cut -d' ' -f3 /proc/{pid}/stat 2>/dev/null)\" in Z) exit 1;; esac; echo p{pid}; echo csleeper";

    private PortReclaimer Reclaimer(string script)
    {
        var path = _directory["lsof"];
        File.WriteAllText(path, "#!/bin/sh\n" + script + "\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return new PortReclaimer(new Lsof(path, TimeProvider.System), _time);
    }

    private async Task AdvanceUntilDone(Task task)
    {
        while (!task.IsCompleted)
        {
            await TestTimeouts.Until(() => task.IsCompleted || _time.ArmedTimers > 0, "a wait between two looks");
            if (!task.IsCompleted)
                _time.Advance(TimeSpan.FromMilliseconds(100));
        }
    }
}
