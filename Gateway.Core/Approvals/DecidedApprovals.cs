using OpenClaw.Gateway.Core.Auditing;
using OpenClaw.Gateway.Protocol.Events;

namespace OpenClaw.Gateway.Core.Approvals;

/// <summary>A command that a person allowed.</summary>
/// <param name="Subject">What was shown.</param>
/// <param name="Decision"><c>allow-once</c> or <c>allow-always</c>.</param>
/// <param name="AskedBy">Who asked.</param>
internal sealed record DecidedApproval(ExecApprovalSubject Subject, string Decision, AuditActor AskedBy);

/// <summary>Commands for nodes that people allowed a moment ago; each can be used once.</summary>
internal sealed class DecidedApprovals(TimeProvider time)
{
    /// <summary>How long a decision waits for its command.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private const int Most = 1000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (DecidedApproval Approval, DateTimeOffset At)> _known = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    public void Add(string id, ExecApprovalSubject subject, string decision, AuditActor askedBy)
    {
        if (subject.Host != "node" || decision is not ("allow-once" or "allow-always"))
            return;
        lock (_gate)
        {
            if (!_known.ContainsKey(id))
                _order.Enqueue(id);
            _known[id] = (new DecidedApproval(subject, decision, askedBy), time.GetUtcNow());
            if (_order.Count > Most)
                _known.Remove(_order.Dequeue());
        }
    }

    /// <summary>The approval of this id, which is used up by that; null when there is none, or it is too old.</summary>
    public DecidedApproval? Take(string id)
    {
        lock (_gate)
            return _known.Remove(id, out var known) && time.GetUtcNow() - known.At <= Lifetime ? known.Approval : null;
    }
}
