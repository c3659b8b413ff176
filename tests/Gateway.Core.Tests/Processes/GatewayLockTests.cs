using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Processes;
using OpenClaw.Gateway.Core.Tests.Configuration;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Processes;

public sealed class GatewayLockTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void PathFor_ConfigPath_IsTheNameTheOriginalUses()
    {
        using var home = new ConfigHome();
        var path = GatewayLock.PathFor(home.Environment with { ConfigPath = "/home/user/.openclaw/openclaw.json" });
        Assert.Equal(home["tmp", "openclaw-1000", "gateway.47f47491.lock"], path);
    }

    [Fact]
    public async Task Acquire_Free_TellsWhoHoldsItAndReleasesOnDispose()
    {
        using var home = new ConfigHome();
        var result = await GatewayLock.AcquireAsync(home.Environment, _time);
        Assert.Null(result.Error);
        var content = JsonNode.Parse(File.ReadAllText(result.Lock!.Path))!;
        Assert.Equal(Environment.ProcessId, (int)content["pid"]!);
        Assert.Equal("2026-11-21T04:00:00.000Z", (string?)content["createdAt"]);
        Assert.Equal(home.Environment.ConfigPath, (string?)content["configPath"]);
        if (OperatingSystem.IsLinux())
            Assert.Equal(ProcessProbe.StartTicks(Environment.ProcessId), (long)content["startTime"]!);
        result.Lock.Dispose();
        Assert.DoesNotContain(Directory.GetFiles(home.Environment.LockDirectory), file => !file.EndsWith(GatewayLock.GuardExtension, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Acquire_OwnerLives_WaitsThenSaysWhoItIs()
    {
        using var home = new ConfigHome();
        using var owner = (await GatewayLock.AcquireAsync(home.Environment, _time)).Lock;
        var second = GatewayLock.AcquireAsync(home.Environment, _time);
        await AdvanceUntilDone(second);
        var result = await second;
        Assert.Null(result.Lock);
        Assert.Equal($"gateway already running (pid {Environment.ProcessId}); lock timeout after 5000ms", result.Error);
        Assert.Equal(Environment.ProcessId, result.OwnerPid);
        Assert.True(File.Exists(owner!.Path));
    }

    [Fact]
    public async Task Acquire_OwnerStopsMeanwhile_GetsTheLock()
    {
        using var home = new ConfigHome();
        var owner = (await GatewayLock.AcquireAsync(home.Environment, _time)).Lock!;
        var second = GatewayLock.AcquireAsync(home.Environment, _time);
        await TestTimeouts.Until(() => _time.ArmedTimers > 0, "the second gateway to wait");
        owner.Dispose();
        await AdvanceUntilDone(second);
        Assert.NotNull((await second).Lock);
    }

    [Fact]
    public async Task Acquire_OwnerWasKilled_TakesOverAtOnce()
    {
        using var home = new ConfigHome();
        using var owner = new SleepingProcess();
        Write(home, owner.Id, ProcessProbe.StartTicks(owner.Id));
        owner.Kill();
        using var taken = (await GatewayLock.AcquireAsync(home.Environment, _time)).Lock;
        Assert.NotNull(taken);
    }

    [Fact]
    public async Task Acquire_IdUsedAgain_TakesOverAtOnce()
    {
        using var home = new ConfigHome();
        using var other = new SleepingProcess();
        if (OperatingSystem.IsLinux())
        {
            Write(home, other.Id, ProcessProbe.StartTicks(other.Id) - 1);
            using var taken = (await GatewayLock.AcquireAsync(home.Environment, _time)).Lock;
            Assert.NotNull(taken);
        }
        // Without a start time, the process must not be younger than the lock.
        Write(home, other.Id, null, "2020-01-01T00:00:00.000Z");
        using var again = (await GatewayLock.AcquireAsync(home.Environment, _time)).Lock;
        Assert.NotNull(again);
    }

    [Theory]
    [InlineData(29, false)]
    [InlineData(31, true)]
    public async Task Acquire_UnreadableLock_IsAbandonedAfterHalfAMinute(int ageSeconds, bool acquired)
    {
        using var home = new ConfigHome();
        var path = GatewayLock.PathFor(home.Environment);
        Directory.CreateDirectory(home.Environment.LockDirectory);
        File.WriteAllText(path, "{\"pid\":");
        // The clock moves on while it waits; the file's age is counted from where the test ends.
        File.SetLastWriteTimeUtc(path, _time.GetUtcNow().UtcDateTime.AddSeconds(5 - ageSeconds));
        var result = GatewayLock.AcquireAsync(home.Environment, _time);
        await AdvanceUntilDone(result);
        using var taken = (await result).Lock;
        Assert.Equal(acquired, taken is not null);
        if (!acquired)
            Assert.Equal("gateway already running; lock timeout after 5000ms", (await result).Error);
    }

    [Fact]
    public async Task Acquire_ManyAtOnce_ExactlyOneWins()
    {
        using var home = new ConfigHome();
        using var dead = new SleepingProcess();
        Write(home, dead.Id, ProcessProbe.StartTicks(dead.Id));
        dead.Kill();
        var all = Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => GatewayLock.AcquireAsync(home.Environment, _time))));
        await AdvanceUntilDone(all);
        var winner = Assert.Single(await all, result => result.Lock is not null);
        winner.Lock!.Dispose();
        Assert.DoesNotContain(Directory.GetFiles(home.Environment.LockDirectory), file => !file.EndsWith(GatewayLock.GuardExtension, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Acquire_SeveralAllowed_LocksNothing()
    {
        using var home = new ConfigHome(variables: new() { ["OPENCLAW_ALLOW_MULTI_GATEWAY"] = "1" });
        using var first = (await GatewayLock.AcquireAsync(home.Environment, _time)).Lock;
        using var second = (await GatewayLock.AcquireAsync(home.Environment, _time)).Lock;
        Assert.NotNull(first);
        Assert.NotNull(second);
        Assert.False(File.Exists(first.Path));
    }

    [Fact]
    public async Task Acquire_DirectoryInTheWay_SaysWhichLock()
    {
        using var home = new ConfigHome();
        Directory.CreateDirectory(home["tmp"]);
        File.WriteAllText(home.Environment.LockDirectory, "x");
        var result = await GatewayLock.AcquireAsync(home.Environment, _time);
        Assert.StartsWith($"failed to acquire gateway lock at {GatewayLock.PathFor(home.Environment)}: ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dispose_LockTakenOverMeanwhile_LeavesItAlone()
    {
        using var home = new ConfigHome();
        var held = (await GatewayLock.AcquireAsync(home.Environment, _time)).Lock!;
        File.WriteAllText(held.Path, "{\"pid\":1}");
        held.Dispose();
        Assert.True(File.Exists(held.Path));
    }

    private static void Write(ConfigHome home, int pid, long? startTime, string createdAt = "2099-01-01T00:00:00.000Z")
    {
        Directory.CreateDirectory(home.Environment.LockDirectory);
        File.WriteAllBytes(GatewayLock.PathFor(home.Environment), new GatewayLockContent(pid, createdAt, home.Environment.ConfigPath, startTime).ToBytes());
    }

    private async Task AdvanceUntilDone(Task task)
    {
        while (!task.IsCompleted)
        {
            await TestTimeouts.Until(() => task.IsCompleted || _time.ArmedTimers > 0, "the lock to wait or to be decided");
            if (!task.IsCompleted)
                _time.Advance(TimeSpan.FromMilliseconds(100));
        }
    }
}
