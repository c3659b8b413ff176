using System.Collections.Concurrent;
using OpenClaw.Gateway.Core.Agents.Runs;

namespace OpenClaw.Gateway.Core.Ingress;

/// <summary>The messages that are being accepted or worked on, and the callers in this process that wait for their outcome.</summary>
internal sealed class PendingAnswers(TimeProvider time)
{
    /// <summary>How long it is remembered that a message is not wanted which is still on its way here.</summary>
    private static readonly TimeSpan UnwantedFor = TimeSpan.FromMinutes(5);

    private const int MaxUnwanted = 1000;

    private readonly ConcurrentDictionary<string, (RunAbortReason Reason, DateTimeOffset Until)> _unwanted = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Pending> _byRun = new(StringComparer.Ordinal);

    /// <summary>Registers a message before it is accepted; null when one of this id is under way already.</summary>
    public Task<RunResult>? TryExpect(string runId, string? sessionKey)
    {
        var pending = new Pending(sessionKey);
        return _byRun.TryAdd(runId, pending) ? pending.Outcome.Task : null;
    }

    /// <summary>Registers a message that comes back from the queue, unless it is registered.</summary>
    public void Adopt(string runId, string sessionKey) => _byRun.TryAdd(runId, new Pending(sessionKey));

    /// <summary>The ids of all that is under way.</summary>
    public IReadOnlyCollection<string> Ids => [.. _byRun.Keys];

    /// <summary>Notes that messages are not wanted any more which another core accepted: they may be on their way here.</summary>
    public void Unwant(IEnumerable<string> runIds, RunAbortReason reason)
    {
        var now = time.GetUtcNow();
        foreach (var pair in _unwanted.Where(pair => pair.Value.Until < now))
            _unwanted.TryRemove(pair);
        foreach (var runId in runIds)
        {
            if (_unwanted.Count < MaxUnwanted)
                _unwanted[runId] = (reason, now + UnwantedFor);
        }
    }

    /// <summary>The outcome of a message that is under way; null when none of this id is.</summary>
    public Task<RunResult>? OutcomeOf(string runId) => _byRun.GetValueOrDefault(runId)?.Outcome.Task;

    public void Complete(string runId, RunResult result)
    {
        if (_byRun.TryRemove(runId, out var pending))
            pending.Outcome.TrySetResult(result);
        _unwanted.TryRemove(runId, out _);
    }

    /// <summary>The message was not accepted after all.</summary>
    public void Withdraw(string runId)
    {
        if (_byRun.TryRemove(runId, out var pending))
            pending.Outcome.TrySetCanceled();
    }

    /// <summary>
    /// Notes that a session's messages, or one of them, are not wanted any more although their runs have not begun. Returns
    /// those that were not noted before.
    /// </summary>
    public IReadOnlyList<string> Abort(string sessionKey, string? runId, RunAbortReason reason) =>
    [
        .. _byRun.Where(pair => pair.Value.SessionKey == sessionKey && (runId is null || pair.Key == runId) && pair.Value.TryAbort(reason)).Select(pair => pair.Key),
    ];

    /// <summary>Why a message is not wanted any more; null when it is.</summary>
    public RunAbortReason? AbortReasonOf(string runId) =>
        _byRun.GetValueOrDefault(runId)?.AbortReason ?? (_unwanted.TryGetValue(runId, out var unwanted) ? unwanted.Reason : null);

    private sealed class Pending(string? sessionKey)
    {
        private readonly Lock _gate = new();

        public string? SessionKey { get; } = sessionKey;

        public RunAbortReason? AbortReason { get; private set; }

        public TaskCompletionSource<RunResult> Outcome { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool TryAbort(RunAbortReason reason)
        {
            lock (_gate)
            {
                if (AbortReason is not null)
                    return false;
                AbortReason = reason;
                return true;
            }
        }
    }
}
