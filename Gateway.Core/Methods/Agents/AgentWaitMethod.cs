using OpenClaw.Gateway.Bus;
using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Core.Idempotency;
using OpenClaw.Gateway.Core.Ingress;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Agents;

namespace OpenClaw.Gateway.Core.Methods.Agents;

/// <summary><c>agent.wait</c>: waits until a run has ended.</summary>
internal sealed class AgentWaitMethod(RunRegistry runs, AnswerBook book, MessageOutcomes outcomes, TimeProvider time) : GatewayMethod<AgentWaitParams, AgentWaitResult>(GatewayMethods.AgentWait)
{
    private const long DefaultTimeoutMs = 30_000;

    /// <summary>How late it is known that a run has ended on a core which was stopped before it could tell.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(2);

    protected override async ValueTask<MethodResult<AgentWaitResult>> RunAsync(AgentWaitParams parameters, MethodContext context, CancellationToken cancellationToken)
    {
        var timeout = TimeSpan.FromMilliseconds(Math.Clamp(parameters.TimeoutMs ?? DefaultTimeoutMs, 0, int.MaxValue - 1));
        var runId = parameters.RunId.Trim();
        if (!runs.Knows(runId))
            await LookElsewhereAsync(runId, cancellationToken).ConfigureAwait(false);
        var result = await WaitAsync(runId, timeout, cancellationToken).ConfigureAwait(false);
        return new AgentWaitResult
        {
            RunId = runId,
            Status = result.Status switch { RunWaitStatus.Ok => "ok", RunWaitStatus.Error => "error", _ => "timeout" },
            StartedAt = result.StartedAtMs,
            EndedAt = result.EndedAtMs,
            Error = result.Error,
        };
    }

    private async Task<RunWaitResult> WaitAsync(string runId, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var since = time.GetTimestamp();
        while (true)
        {
            var left = timeout - time.GetElapsedTime(since);
            var isLast = left <= LookAgain;
            var result = await runs.WaitAsync(runId, isLast ? left : LookAgain, cancellationToken).ConfigureAwait(false);
            if (isLast || result.Status is not RunWaitStatus.Timeout)
                return result;
            if (runs.Find(runId) is not null)
                continue;
            try
            {
                await LookElsewhereAsync(runId, cancellationToken).ConfigureAwait(false);
            }
            catch (BusUnavailableException)
            {
                // It may be back before the time is over.
            }
        }
    }

    /// <summary>It may have ended on another core before this one could know; while it is under way, that core will tell.</summary>
    private async ValueTask LookElsewhereAsync(string runId, CancellationToken cancellationToken)
    {
        foreach (var key in (string[])[IdempotencyKeys.Chat(runId), IdempotencyKeys.Agent(runId)])
        {
            if (await book.FindOverAsync(key, cancellationToken).ConfigureAwait(false) is { } over)
                outcomes.Adopt(key, over);
        }
    }
}
