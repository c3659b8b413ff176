using System.Collections.Concurrent;
using OpenClaw.Gateway.Core.Agents.Tools.Exec;
using OpenClaw.Gateway.Core.Auditing;
using OpenClaw.Gateway.Core.Broadcasting;
using OpenClaw.Gateway.Protocol.Events;
using OpenClaw.Gateway.Protocol.Json;

namespace OpenClaw.Gateway.Core.Approvals;

/// <summary>How a question to the operators ended.</summary>
internal enum ApprovalStatus
{
    Decided,

    /// <summary>Nobody decided in time.</summary>
    TimedOut,

    /// <summary>A question of this id waits already.</summary>
    Duplicate,

    /// <summary>Too many wait.</summary>
    Full,
}

/// <summary>End of a question; the decision is set when there was one.</summary>
internal readonly record struct ApprovalAnswer(ApprovalStatus Status, string? Decision = null, long CreatedAtMs = 0, long ExpiresAtMs = 0);

/// <summary>Commands that wait for a person. The first decision counts; a question is forgotten when its time is over or nobody waits for the answer.</summary>
internal sealed class PendingApprovals(Broadcaster broadcaster, Audit audit, TimeProvider time)
{
    /// <summary>How many may wait at once.</summary>
    public const int MaxWaiting = 1000;

    /// <summary>Longest time a timer can be set to.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(int.MaxValue);

    private readonly ConcurrentDictionary<string, TaskCompletionSource<string>> _waiting = new(StringComparer.Ordinal);

    /// <summary>What was allowed lately.</summary>
    public DecidedApprovals Decided { get; } = new(time);

    /// <summary>Questions without an answer yet.</summary>
    public int Count => _waiting.Count;

    /// <summary>The decisions there are.</summary>
    public static IReadOnlyList<string> Decisions { get; } = ["allow-once", "allow-always", "deny"];

    /// <summary>Asks the operators and waits.</summary>
    public async Task<ApprovalAnswer> AskAsync(string id, ExecApprovalSubject subject, TimeSpan timeout, AuditActor actor, CancellationToken cancellationToken)
    {
        if (_waiting.Count >= MaxWaiting)
            return new ApprovalAnswer(ApprovalStatus.Full);
        var decided = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_waiting.TryAdd(id, decided))
            return new ApprovalAnswer(ApprovalStatus.Duplicate);
        timeout = timeout < Longest ? timeout : Longest;
        var createdAt = Now;
        var expiresAt = createdAt + (long)timeout.TotalMilliseconds;
        try
        {
            audit.ApprovalRequested(actor, id, subject.AgentId);
            broadcaster.Broadcast(
                EventNames.ExecApprovalRequested,
                new ExecApprovalRequestedEvent { Id = id, Request = Shown(subject), CreatedAtMs = createdAt, ExpiresAtMs = expiresAt },
                ProtocolJson.Context.ExecApprovalRequestedEvent);
            var decision = await decided.Task.WaitAsync(timeout, time, cancellationToken).ConfigureAwait(false);
            Decided.Add(id, subject, decision, actor);
            return new ApprovalAnswer(ApprovalStatus.Decided, decision, createdAt, expiresAt);
        }
        catch (TimeoutException)
        {
            audit.ApprovalExpired(id);
            return new ApprovalAnswer(ApprovalStatus.TimedOut, null, createdAt, expiresAt);
        }
        finally
        {
            _waiting.TryRemove(new KeyValuePair<string, TaskCompletionSource<string>>(id, decided));
        }
    }

    /// <summary>Decides. False when nothing of this id waits, or it was decided already.</summary>
    public bool Resolve(string id, string decision, string? resolvedBy, AuditActor actor)
    {
        if (!_waiting.TryRemove(id, out var waiting))
            return false;
        audit.ApprovalResolved(actor, id, decision);
        // Everybody knows before the command can begin.
        broadcaster.Broadcast(
            EventNames.ExecApprovalResolved,
            new ExecApprovalResolvedEvent { Id = id, Decision = decision, ResolvedBy = resolvedBy, Ts = Now },
            ProtocolJson.Context.ExecApprovalResolvedEvent);
        return waiting.TrySetResult(decision);
    }

    /// <summary>For people's eyes; the decision is about the original.</summary>
    private static ExecApprovalSubject Shown(ExecApprovalSubject subject) => subject with
    {
        Command = DisplayText.Escape(subject.Command),
        Cwd = Shown(subject.Cwd),
        Host = Shown(subject.Host),
        Security = Shown(subject.Security),
        Ask = Shown(subject.Ask),
        AgentId = Shown(subject.AgentId),
        ResolvedPath = Shown(subject.ResolvedPath),
        SessionKey = Shown(subject.SessionKey),
        NodeId = Shown(subject.NodeId),
    };

    private static string? Shown(string? text) => text is null ? null : DisplayText.Escape(text);

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();
}
