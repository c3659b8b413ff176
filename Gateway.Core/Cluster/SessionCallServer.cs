using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using OpenClaw.Gateway.Bus;
using OpenClaw.Gateway.Bus.Calls;
using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Gateway.Core.Ingress;

namespace OpenClaw.Gateway.Core.Cluster;

/// <summary>Answers other cores about sessions that this one works on.</summary>
internal sealed class SessionCallServer(
    IBus bus, CoreId self, SessionLeases leases, MessageHandover handover, SessionAborts aborts, LocalSessionActivity activity, TranscriptNotes notes, SessionSequence sequence, AgentRunner runner, TimeProvider time) : BackgroundService
{
    /// <summary>How long a caller waits for the end of a message before it is told that it is worked on: less than it waits itself.</summary>
    private static readonly TimeSpan Patience = SessionCalls.SubmitTimeout / 2;

    /// <summary>How long the end of a message can be asked for again.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(1);

    private static readonly CallServerOptions Limits = new() { MaxConcurrency = 4 * RunRegistry.MaxActive, MaxWaiting = 4 * RunRegistry.MaxActive };

    private readonly ConcurrentDictionary<string, Work> _work = new(StringComparer.Ordinal);

    public override void Dispose()
    {
        leases.Lost -= runner.GiveUp;
        base.Dispose();
    }

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        leases.Lost += runner.GiveUp;
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await bus.ServeAlwaysAsync(SessionCalls.ServiceOf(self.Value), (request, cancellationToken) => AnswerAsync(request, stoppingToken, cancellationToken), Limits, time, stoppingToken).ConfigureAwait(false);
        await Task.WhenAll(_work.Values.Select(work => work.Ended)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async ValueTask<ReadOnlyMemory<byte>> AnswerAsync(CallRequest request, CancellationToken stopping, CancellationToken cancellationToken)
    {
        var call = JsonSerializer.Deserialize(request.Payload.Span, SessionCallJson.Default.SessionCall) ?? throw new JsonException("null");
        var answer = call switch
        {
            { Kind: SessionCallKind.Submit, Message: { } delivered } => await SubmitAsync(delivered, stopping, cancellationToken).ConfigureAwait(false),
            { Kind: SessionCallKind.Abort, SessionKey: { } key } => aborts.AbortHere(key, call.RunIds, call.Reason),
            { Kind: SessionCallKind.Quiet, SessionKey: { } key } =>
                new SessionCallAnswer { IsQuiet = await activity.StopAsync(key, TimeSpan.FromMilliseconds(call.LimitMs), cancellationToken).ConfigureAwait(false) },
            { Kind: SessionCallKind.Inject, Params: { } parameters } => await notes.InjectForAsync(parameters, cancellationToken).ConfigureAwait(false),
            _ => throw new JsonException($"Calls of kind {call.Kind} are not known here."),
        };
        return JsonSerializer.SerializeToUtf8Bytes(answer, SessionCallJson.Default.SessionCallAnswer);
    }

    private async Task<SessionCallAnswer> SubmitAsync(DeliveredMessage delivered, CancellationToken stopping, CancellationToken cancellationToken)
    {
        Forget();
        var key = MessageOutcomes.KeyOf(delivered.Message);
        // Asked again for the same message it is the same work, also after its end.
        var work = _work.GetOrAdd(key, static _ => new Work());
        var task = work.Begin(() => WorkAsync(delivered, stopping));
        try
        {
            if (await task.WaitAsync(Patience, time, cancellationToken).ConfigureAwait(false) is { } ended)
                return End(key, ended);
            _work.TryRemove(KeyValuePair.Create(key, work));
            return new SessionCallAnswer { State = SessionCallState.NotMine };
        }
        catch (TimeoutException) when (!task.IsFaulted)
        {
            return new SessionCallAnswer { State = SessionCallState.Working };
        }
        catch when (task.IsFaulted || task.IsCanceled)
        {
            _work.TryRemove(KeyValuePair.Create(key, work));
            throw;
        }
    }

    private SessionCallAnswer End(string key, Handover ended)
    {
        if (ended.IsDone)
            return new SessionCallAnswer { State = SessionCallState.Done };
        _work.TryRemove(key, out _);
        return new SessionCallAnswer { State = SessionCallState.Again, DelayMs = (long)ended.Delay.TotalMilliseconds };
    }

    /// <summary>Null when the session is not this core's.</summary>
    private async Task<Handover?> WorkAsync(DeliveredMessage delivered, CancellationToken stopping)
    {
        using var place = sequence.Arrive(delivered.Id);
        var claim = await leases.ClaimAsync(delivered.SessionKey, stopping).ConfigureAwait(false);
        return claim.Hold is { } hold ? await handover.HandOnAsync(delivered, place, hold, Task.CompletedTask, static () => { }, stopping).ConfigureAwait(false) : null;
    }

    private void Forget()
    {
        var now = time.GetTimestamp();
        foreach (var pair in _work)
        {
            if (pair.Value.IsOld(time, now, Remembered))
                _work.TryRemove(pair);
        }
    }

    private sealed class Work
    {
        private readonly Lock _gate = new();
        private Task<Handover?>? _task;
        private long _endSeenAt;

        public Task Ended => _task ?? Task.CompletedTask;

        public Task<Handover?> Begin(Func<Task<Handover?>> begin)
        {
            lock (_gate)
                return _task ??= begin();
        }

        public bool IsOld(TimeProvider time, long now, TimeSpan age)
        {
            if (!Ended.IsCompleted)
                return false;
            if (Interlocked.CompareExchange(ref _endSeenAt, now, 0) is var seen && seen == 0)
                return false;
            return time.GetElapsedTime(seen, now) > age;
        }
    }
}
