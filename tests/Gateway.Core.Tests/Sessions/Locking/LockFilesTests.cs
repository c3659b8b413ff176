using System.Diagnostics;
using OpenClaw.Gateway.Core.Processes;
using OpenClaw.Gateway.Core.Sessions.Locking;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Sessions.Locking;

public sealed class LockFilesTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly ManualTimeProvider _time = new();
    private readonly LockFiles _locks;

    public LockFilesTests() => _locks = new LockFiles(_time, "here");

    private string Target => _directory["sessions", "sessions.json"];

    private string LockPath => Target + ".lock";

    [Fact]
    public async Task Acquire_FreeFile_WritesWhoHoldsItAndRemovesItAgain()
    {
        using (await AcquireAsync(LockFileKind.Store))
        {
            var text = await File.ReadAllTextAsync(LockPath);
            var start = ProcessProbe.StartTicks(Environment.ProcessId) is { } ticks ? $",\"start\":{ticks}" : "";
            Assert.Equal($"{{\"pid\":{Environment.ProcessId},\"startedAt\":{_time.GetUtcNow().ToUnixTimeMilliseconds()},\"host\":\"here\"{start}}}", text);
        }
        Assert.False(File.Exists(LockPath));
    }

    [Fact]
    public async Task Acquire_TranscriptLock_HasThePeersFields()
    {
        using var held = await AcquireAsync(LockFileKind.Transcript);
        Assert.StartsWith($"{{\"pid\":{Environment.ProcessId},\"createdAt\":\"2026-11-21T04:00:00.000Z\"", await File.ReadAllTextAsync(LockPath), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Acquire_HeldByALivingProcess_WaitsUntilItIsReleased()
    {
        using var other = StartSleeper();
        WriteLock($"{{\"pid\":{other.Id},\"startedAt\":{Now()}}}");

        var waiting = AcquireAsync(LockFileKind.Store);
        await TestTimeouts.Until(() => _time.ArmedTimers > 0, "the waiter sleeps");
        Assert.False(waiting.IsCompleted);

        File.Delete(LockPath);
        _time.Advance(TimeSpan.FromMilliseconds(25));
        (await waiting.WithTimeout()).Dispose();
        other.Kill();
    }

    [Fact]
    public async Task Acquire_HeldTooLong_FailsWithThePeersText()
    {
        using var other = StartSleeper();
        WriteLock($"{{\"pid\":{other.Id},\"createdAt\":\"2026-11-21T04:00:00.000Z\"}}");

        var waiting = AcquireAsync(LockFileKind.Transcript);
        while (!waiting.IsCompleted)
        {
            await TestTimeouts.Until(() => _time.ArmedTimers > 0 || waiting.IsCompleted, "the waiter sleeps");
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        var failure = await Assert.ThrowsAsync<LockTimeoutException>(() => waiting);
        Assert.Equal($"session file locked (timeout 10000ms): pid={other.Id} {LockPath}", failure.Message);
        other.Kill();
    }

    [Theory]
    [InlineData(29, false)]
    [InlineData(31, true)]
    public async Task Acquire_StoreLockOfALivingProcess_IsTakenOverByAge(int ageSeconds, bool taken)
    {
        using var other = StartSleeper();
        WriteLock($"{{\"pid\":{other.Id},\"startedAt\":{Now()}}}");
        _time.Advance(TimeSpan.FromSeconds(ageSeconds));

        var waiting = AcquireAsync(LockFileKind.Store);
        await TestTimeouts.Until(() => waiting.IsCompleted || _time.ArmedTimers > 0, "taken or asleep");
        Assert.Equal(taken, waiting.IsCompleted);

        File.Delete(LockPath);
        _time.Advance(TimeSpan.FromSeconds(1));
        (await waiting.WithTimeout()).Dispose();
        other.Kill();
    }

    [Fact]
    public async Task Acquire_HolderIsDead_IsTakenOverAtOnce()
    {
        int dead;
        using (var other = StartSleeper())
        {
            other.Kill();
            await other.WaitForExitAsync();
            dead = other.Id;
        }
        WriteLock($"{{\"pid\":{dead},\"createdAt\":\"2026-11-21T04:00:00.000Z\"}}");

        (await AcquireAsync(LockFileKind.Transcript).WithTimeout()).Dispose();
    }

    [Fact]
    public async Task Acquire_HolderIsDeadAndNotCollectedYet_IsTakenOverAtOnce()
    {
        if (!OperatingSystem.IsLinux())
            return;
        // Its parent becomes another program, which does not know that it has a child.
        using var parent = Process.Start(new ProcessStartInfo("sh", ["-c", "sleep 0 & echo $!; exec sleep 60"]) { RedirectStandardOutput = true })!;
        var dead = int.Parse((await parent.StandardOutput.ReadLineAsync())!, System.Globalization.CultureInfo.InvariantCulture);
        try
        {
            await TestTimeouts.Until(() => !ProcessProbe.IsAlive(dead), "the child to end");
            WriteLock($"{{\"pid\":{dead},\"startedAt\":{Now()},\"host\":\"here\"}}");

            (await AcquireAsync(LockFileKind.Store).WithTimeout()).Dispose();
        }
        finally
        {
            parent.Kill();
        }
    }

    [Fact]
    public async Task Acquire_AnotherProcessHasTheIdOfTheHolder_IsTakenOverAtOnce()
    {
        using var other = StartSleeper();
        try
        {
            if (ProcessProbe.StartTicks(other.Id) is not { } start)
                return;
            WriteLock($"{{\"pid\":{other.Id},\"startedAt\":{Now()},\"host\":\"here\",\"start\":{start}}}");
            var waiting = AcquireAsync(LockFileKind.Store);
            await TestTimeouts.Until(() => _time.ArmedTimers > 0, "the waiter sleeps");
            Assert.False(waiting.IsCompleted);

            WriteLock($"{{\"pid\":{other.Id},\"startedAt\":{Now()},\"host\":\"here\",\"start\":{start - 1}}}");
            _time.Advance(TimeSpan.FromMilliseconds(25));

            (await waiting.WithTimeout()).Dispose();
        }
        finally
        {
            other.Kill();
        }
    }

    [Fact]
    public async Task Acquire_OwnProcessIdFromAnEarlierLife_IsTakenOverAtOnce()
    {
        // A container's gateway has the same process id after every restart.
        WriteLock($"{{\"pid\":{Environment.ProcessId},\"createdAt\":\"2026-11-21T03:59:59.000Z\"}}");

        (await AcquireAsync(LockFileKind.Transcript).WithTimeout()).Dispose();
    }

    [Fact]
    public async Task Acquire_HolderOnAnotherHost_IsNotJudgedByItsProcessId()
    {
        WriteLock($"{{\"pid\":{int.MaxValue},\"createdAt\":\"2026-11-21T04:00:00.000Z\",\"host\":\"elsewhere\"}}");

        var waiting = AcquireAsync(LockFileKind.Transcript);
        await TestTimeouts.Until(() => _time.ArmedTimers > 0, "the waiter sleeps");
        Assert.False(waiting.IsCompleted);

        _time.Advance(TimeSpan.FromMinutes(31));
        (await waiting.WithTimeout()).Dispose();
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"pid\":\"x\"}")]
    [InlineData("garbage")]
    [InlineData("{\"pid\":-4}")]
    public async Task Acquire_UnreadableLock_IsJudgedByItsFileTime(string content)
    {
        WriteLock(content);
        File.SetLastWriteTimeUtc(LockPath, _time.GetUtcNow().UtcDateTime.AddSeconds(-31));

        (await AcquireAsync(LockFileKind.Store).WithTimeout()).Dispose();
    }

    [Fact]
    public async Task Dispose_LockWasTakenOver_LeavesTheNewOwnersLock()
    {
        var held = await AcquireAsync(LockFileKind.Store);
        File.WriteAllText(LockPath, "{\"pid\":1,\"startedAt\":1}");

        held.Dispose();

        Assert.True(File.Exists(LockPath));
    }

    [Fact]
    public async Task Acquire_ManyAtOnce_OnlyOneHoldsIt()
    {
        var locks = new LockFiles(TimeProvider.System, "here");
        var inside = 0;
        var most = 0;
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(async () =>
        {
            using var held = await locks.AcquireAsync(LockFileKind.Store, Target, CancellationToken.None);
            most = Math.Max(most, Interlocked.Increment(ref inside));
            await Task.Yield();
            Interlocked.Decrement(ref inside);
        }))).WithTimeout();

        Assert.Equal(1, most);
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(Target)!));
    }

    [Fact]
    public async Task Acquire_ManyFindADeadOnesLock_OnlyOneHoldsIt()
    {
        int dead;
        using (var other = StartSleeper())
        {
            other.Kill();
            await other.WaitForExitAsync();
            dead = other.Id;
        }
        var inside = 0;
        var most = 0;
        for (var round = 0; round < 50; round++)
        {
            WriteLock($"{{\"pid\":{dead},\"startedAt\":{TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()}}}");
            var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            // Each is a process of its own as far as locks can tell: what they share is only the directory.
            var processes = Enumerable.Range(0, 6).Select(_ => new LockFiles(TimeProvider.System, "here")).ToArray();
            var takers = processes.Select(locks => Task.Run(async () =>
            {
                await start.Task;
                using var held = await locks.AcquireAsync(LockFileKind.Store, Target, CancellationToken.None);
                InterlockedMax(ref most, Interlocked.Increment(ref inside));
                await Task.Yield();
                Interlocked.Decrement(ref inside);
            })).ToArray();
            start.SetResult();
            await Task.WhenAll(takers).WithTimeout();
        }

        Assert.Equal(1, most);
        Assert.Equal([LockFiles.GuardName], Directory.GetFiles(Path.GetDirectoryName(Target)!).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Acquire_SomebodyElseIsTakingOver_WaitsForIt()
    {
        WriteLock("{\"pid\":-4}");
        File.SetLastWriteTimeUtc(LockPath, _time.GetUtcNow().UtcDateTime.AddSeconds(-31));
        var guard = new FileStream(_directory["sessions", LockFiles.GuardName], FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

        var waiting = AcquireAsync(LockFileKind.Store);
        await TestTimeouts.Until(() => _time.ArmedTimers > 0, "the waiter sleeps");
        Assert.True(File.Exists(LockPath));
        await guard.DisposeAsync();
        _time.Advance(TimeSpan.FromMilliseconds(25));

        (await waiting.WithTimeout()).Dispose();
    }

    public void Dispose() => _directory.Dispose();

    private Task<HeldLock> AcquireAsync(LockFileKind kind) => _locks.AcquireAsync(kind, Target, CancellationToken.None);

    private long Now() => _time.GetUtcNow().ToUnixTimeMilliseconds();

    private void WriteLock(string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(LockPath)!);
        File.WriteAllText(LockPath, content);
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (var known = Volatile.Read(ref target); value > known;)
            known = Interlocked.CompareExchange(ref target, value, known);
    }

    private static Process StartSleeper() => Process.Start(new ProcessStartInfo("sleep", "60"))!;
}
