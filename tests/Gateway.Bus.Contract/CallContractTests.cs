using OpenClaw.Gateway.Bus.Calls;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Bus.Contract;

/// <summary>What every implementation of <see cref="ICalls"/> does.</summary>
public abstract class CallContractTests : BusContractTests
{
    private static readonly CallOptions Patient = new() { Timeout = TimeSpan.FromHours(1) };

    [Fact]
    public async Task Call_Served_ReturnsTheAnswer()
    {
        await using var server = await Bus.Calls.ServeAsync("echo", (request, _) => new(Bytes(request.Service + ":" + Text(request.Payload))));
        var result = await Bus.Calls.CallAsync("echo", Bytes("hi"), Patient);
        Assert.Equal((CallOutcome.Answered, "echo:hi", null), (result.Outcome, Text(result.Payload), result.Error));
        Assert.True(result.IsAnswered);
    }

    [Fact]
    public async Task Call_NobodyServes_FailsAtOnceAndHasNotRun()
    {
        var result = await Bus.Calls.CallAsync("nobody", default, Patient).AsTask().WithTimeout();
        Assert.Equal(CallOutcome.NoServer, result.Outcome);
        Assert.False(result.MayHaveRun);
        Assert.Contains("nobody", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_ServerDisposed_NobodyServes()
    {
        var server = await Bus.Calls.ServeAsync("s", (_, _) => default);
        await server.DisposeAsync();
        Assert.Equal(CallOutcome.NoServer, (await Bus.Calls.CallAsync("s", default, Patient)).Outcome);
        await server.DisposeAsync();
    }

    [Fact]
    public async Task Call_ManyAtOnce_EachGetsItsOwnAnswer()
    {
        await using var server = await Bus.Calls.ServeAsync("s", async (request, _) =>
        {
            await Task.Yield();
            return request.Payload.ToArray();
        });
        var results = await Task.WhenAll(Enumerable.Range(0, 300).Select(async i => Text((await Bus.Calls.CallAsync("s", Bytes($"{i}"), Patient)).Payload)));
        Assert.Equal(Enumerable.Range(0, 300).Select(i => $"{i}"), results);
    }

    [Fact]
    public async Task Call_HandlerThrows_FailsWithTheTypeAndWithoutTheMessage()
    {
        await using var server = await Bus.Calls.ServeAsync("s", (_, _) => throw new FormatException("secret"));
        var result = await Bus.Calls.CallAsync("s", default, Patient);
        Assert.Equal(CallOutcome.ServerFailed, result.Outcome);
        Assert.Equal("FormatException", result.Error);
        Assert.True(result.MayHaveRun);
        Assert.Equal(CallOutcome.ServerFailed, (await Bus.Calls.CallAsync("s", default, Patient)).Outcome);
    }

    [Fact]
    public async Task Call_HandlerCancelsItself_IsAFailureOfTheServer()
    {
        await using var server = await Bus.Calls.ServeAsync("s", (_, _) => throw new OperationCanceledException());
        Assert.Equal(CallOutcome.ServerFailed, (await Bus.Calls.CallAsync("s", default, Patient)).Outcome);
    }

    [Fact]
    public async Task Call_HandlerHangs_EndsAtTheDeadlineAndTellsTheHandler()
    {
        var (began, told) = (Signal(), Signal());
        await using var server = await Bus.Calls.ServeAsync("s", async (_, cancellationToken) =>
        {
            began.SetResult();
            await UntilCancelledAsync(cancellationToken);
            told.SetResult();
            return default;
        });
        var started = Harness.Time.GetUtcNow();
        var call = Bus.Calls.CallAsync("s", default, new CallOptions { Timeout = TimeSpan.FromSeconds(2) }).AsTask();
        await began.Task.WithTimeout();
        Assert.False(call.IsCompleted);

        var result = await Harness.PassUntilAsync(call, TimeSpan.FromMilliseconds(500));
        Assert.Equal(CallOutcome.DeadlineExceeded, result.Outcome);
        Assert.True(result.MayHaveRun);
        Assert.True(Harness.Time.GetUtcNow() - started >= TimeSpan.FromSeconds(2));
        await told.Task.WithTimeout();
    }

    [Fact]
    public async Task Call_HandlerIgnoresCancellation_CallerIsNotHeld()
    {
        var release = Signal();
        await using var server = await Bus.Calls.ServeAsync("s", async (_, _) =>
        {
            await release.Task;
            return Bytes("too late");
        });
        var call = Bus.Calls.CallAsync("s", default, new CallOptions { Timeout = TimeSpan.FromSeconds(1) }).AsTask();
        Assert.Equal(CallOutcome.DeadlineExceeded, (await Harness.PassUntilAsync(call, TimeSpan.FromSeconds(1))).Outcome);
        release.SetResult();
    }

    [Fact]
    public async Task Call_CallerCancels_ThrowsAndTellsTheHandler()
    {
        var (began, told) = (Signal(), Signal());
        await using var server = await Bus.Calls.ServeAsync("s", async (_, cancellationToken) =>
        {
            began.SetResult();
            await UntilCancelledAsync(cancellationToken);
            told.SetResult();
            return default;
        });
        using var stop = new CancellationTokenSource();
        var call = Bus.Calls.CallAsync("s", default, Patient, stop.Token).AsTask();
        await began.Task.WithTimeout();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.WithTimeout());
        await told.Task.WithTimeout();
    }

    [Fact]
    public async Task Dispose_CallInFlight_EndsAsServerStopped()
    {
        var began = Signal();
        var server = await Bus.Calls.ServeAsync("s", async (_, cancellationToken) =>
        {
            began.SetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return default;
        });
        var call = Bus.Calls.CallAsync("s", default, Patient).AsTask();
        await began.Task.WithTimeout();
        await server.DisposeAsync().AsTask().WithTimeout();
        var result = await call.WithTimeout();
        Assert.Equal(CallOutcome.ServerStopped, result.Outcome);
        Assert.True(result.MayHaveRun);
    }

    [Fact]
    public async Task Stop_CallInFlight_IsAnsweredAndNewOnesAreNotTaken()
    {
        var (began, release) = (Signal(), Signal());
        await using var server = await Bus.Calls.ServeAsync("s", async (_, _) =>
        {
            began.SetResult();
            await release.Task;
            return Bytes("done");
        });
        var call = Bus.Calls.CallAsync("s", default, Patient).AsTask();
        await began.Task.WithTimeout();
        var stopping = server.StopAsync();
        Assert.Equal(CallOutcome.NoServer, (await Bus.Calls.CallAsync("s", default, Patient)).Outcome);
        Assert.False(stopping.IsCompleted);
        release.SetResult();
        Assert.Equal("done", Text((await call.WithTimeout()).Payload));
        await stopping.WithTimeout();
    }

    [Fact]
    public async Task Call_TwoServers_BothGetCallsAndOneMayLeave()
    {
        await using var first = await Bus.Calls.ServeAsync("s", (_, _) => new(Bytes("1")));
        var second = await Bus.Calls.ServeAsync("s", (_, _) => new(Bytes("2")));
        var answers = new HashSet<string>();
        for (var i = 0; i < 100; i++)
            answers.Add(Text((await Bus.Calls.CallAsync("s", default, Patient)).Payload));
        Assert.Equal(["1", "2"], answers.Order());

        await second.DisposeAsync();
        for (var i = 0; i < 4; i++)
            Assert.Equal("1", Text((await Bus.Calls.CallAsync("s", default, Patient)).Payload));
    }

    [Fact]
    public async Task Call_MoreThanTheServerTakes_IsOverloadedAndRunsNoMoreThanAllowedAtOnce()
    {
        var (two, release) = (Signal(), Signal());
        var (running, most) = (0, 0);
        await using var server = await Bus.Calls.ServeAsync(
            "s",
            async (_, _) =>
            {
                var now = Interlocked.Increment(ref running);
                InterlockedMax(ref most, now);
                if (now == 2)
                    two.TrySetResult();
                await release.Task;
                Interlocked.Decrement(ref running);
                return Bytes("ok");
            },
            new CallServerOptions { MaxConcurrency = 2, MaxWaiting = 3 });

        var calls = Enumerable.Range(0, 8).Select(_ => Bus.Calls.CallAsync("s", default, Patient).AsTask()).ToList();
        var refused = new List<CallResult>();
        while (refused.Count < 3)
        {
            var ended = await Task.WhenAny(calls).WithTimeout();
            calls.Remove(ended);
            refused.Add(await ended);
        }
        Assert.All(refused, r => Assert.Equal((CallOutcome.Overloaded, false), (r.Outcome, r.MayHaveRun)));
        await two.Task.WithTimeout();
        release.SetResult();
        Assert.All(await Task.WhenAll(calls).WithTimeout(), r => Assert.Equal(CallOutcome.Answered, r.Outcome));
        Assert.Equal(2, most);
    }

    [Fact]
    public async Task Call_BufferReusedAfterDeadline_HandlerSeesWhatWasSent()
    {
        var (began, release, seen) = (Signal(), Signal(), new TaskCompletionSource<string>());
        await using var server = await Bus.Calls.ServeAsync("s", async (request, _) =>
        {
            began.SetResult();
            await release.Task;
            seen.SetResult(Text(request.Payload));
            return default;
        });
        var buffer = "before"u8.ToArray();
        var call = Bus.Calls.CallAsync("s", buffer, new CallOptions { Timeout = TimeSpan.FromSeconds(1) }).AsTask();
        await began.Task.WithTimeout();
        await Harness.PassUntilAsync(call, TimeSpan.FromSeconds(1));
        "after!"u8.CopyTo(buffer);
        release.SetResult();
        Assert.Equal("before", await seen.Task.WithTimeout());
    }

    [Fact]
    public async Task Call_LargerThanTheBusCarries_IsRefused()
    {
        await using var server = await Bus.Calls.ServeAsync("s", (request, _) => new(BitConverter.GetBytes(request.Payload.Length)));
        var refused = await Bus.Calls.CallAsync("s", new byte[Harness.MaxPayloadBytes + 1], Patient);
        Assert.Equal((CallOutcome.TooLarge, false), (refused.Outcome, refused.MayHaveRun));
        var carried = await Bus.Calls.CallAsync("s", new byte[Harness.MaxPayloadBytes], Patient);
        Assert.Equal(Harness.MaxPayloadBytes, BitConverter.ToInt32(carried.Payload.Span));
    }

    [Fact]
    public async Task Call_TimeoutOutOfRange_Throws() =>
        await Assert.ThrowsAsync<ArgumentException>(async () => await Bus.Calls.CallAsync("s", default, new CallOptions { Timeout = TimeSpan.Zero }));

    private static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static async Task UntilCancelledAsync(CancellationToken cancellationToken)
    {
        var cancelled = Signal();
        await using var registration = cancellationToken.Register(cancelled.SetResult);
        await cancelled.Task;
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int current;
        while ((current = Volatile.Read(ref target)) < value)
            Interlocked.CompareExchange(ref target, value, current);
    }
}
