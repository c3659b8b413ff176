using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Core.Agents.Runs;

namespace OpenClaw.Gateway.Core.Lifetime;

/// <summary>Restarts the gateway in its process when the work in flight allows it.</summary>
internal sealed partial class GatewayRestart(GatewayLifetime lifetime, RunRegistry runs, TimeProvider time, ILogger<GatewayRestart> logger) : BackgroundService
{
    /// <summary>Delay of a restart that a client asked for without naming one; the peer's.</summary>
    public static readonly TimeSpan DefaultDelay = TimeSpan.FromSeconds(2);

    /// <summary>Longest delay a client may ask for; the peer's.</summary>
    public static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(60);

    /// <summary>How long runs may hold it up. A run that needs longer goes on after the restart: its message is still in the queue.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    /// <summary>How long the answer to the call that asked may take to get into its queue.</summary>
    private static readonly TimeSpan AnswerPatience = TimeSpan.FromSeconds(5);

    private readonly Channel<(TimeSpan Delay, bool AfterAnswer)> _requests = Channel.CreateBounded<(TimeSpan, bool)>(1);
    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _isScheduled;

    /// <summary>Whether a restart is on its way.</summary>
    public bool IsScheduled => Volatile.Read(ref _isScheduled) != 0;

    /// <summary>Asks for a restart; when one is on its way already, that one is it.</summary>
    /// <param name="delay">From now until it begins.</param>
    /// <param name="afterAnswer">Whether who asked is still to be answered: the delay begins with <see cref="Answered"/>.</param>
    public void Schedule(TimeSpan delay, bool afterAnswer = false)
    {
        if (Interlocked.Exchange(ref _isScheduled, 1) == 0)
            _requests.Writer.TryWrite((delay > MaxDelay ? MaxDelay : delay, afterAnswer));
    }

    /// <summary>Who asked has the answer in its queue.</summary>
    public void Answered() => _answered.TrySetResult();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            var (delay, afterAnswer) = await _requests.Reader.ReadAsync(stoppingToken).ConfigureAwait(false);
            if (afterAnswer)
                await _answered.Task.WaitAsync(AnswerPatience, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            stoppingToken.ThrowIfCancellationRequested();
            if (delay > TimeSpan.Zero)
                await Task.Delay(delay, time, stoppingToken).ConfigureAwait(false);
            await WaitForRunsAsync(stoppingToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return;
        }
        await lifetime.StopAsync(StopKind.Restart).ConfigureAwait(false);
    }

    private async Task WaitForRunsAsync(CancellationToken stoppingToken)
    {
        var started = time.GetTimestamp();
        var active = runs.ActiveCount;
        if (active > 0)
            LogWaiting(logger, active, Patience.TotalSeconds);
        while (runs.ActiveCount > 0 && time.GetElapsedTime(started) < Patience)
            await Task.Delay(Poll, time, stoppingToken).ConfigureAwait(false);
    }

    [LoggerMessage(1115, LogLevel.Information, "The restart waits for {Runs} runs, {Seconds} s at most.")]
    private static partial void LogWaiting(ILogger logger, int runs, double seconds);
}
