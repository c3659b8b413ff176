using System.Collections.Concurrent;
using OpenClaw.Gateway.Core.Agents.Runs;

namespace OpenClaw.Gateway.Core.Ingress;

/// <summary>The callers in this process that wait for an accepted message's outcome.</summary>
internal sealed class PendingAnswers
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<RunResult>> _byRun = new(StringComparer.Ordinal);

    /// <summary>True while somebody waits: the message is accepted and not finished.</summary>
    public bool IsPending(string runId) => _byRun.ContainsKey(runId);

    /// <summary>Registers a message before it is accepted; null when one of this id is under way already.</summary>
    public Task<RunResult>? TryExpect(string runId)
    {
        var answer = new TaskCompletionSource<RunResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        return _byRun.TryAdd(runId, answer) ? answer.Task : null;
    }

    public void Complete(string runId, RunResult result)
    {
        if (_byRun.TryRemove(runId, out var answer))
            answer.TrySetResult(result);
    }

    /// <summary>The message was not accepted after all.</summary>
    public void Withdraw(string runId)
    {
        if (_byRun.TryRemove(runId, out var answer))
            answer.TrySetCanceled();
    }
}
