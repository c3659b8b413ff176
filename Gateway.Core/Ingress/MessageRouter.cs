using OpenClaw.Gateway.Bus;
using OpenClaw.Gateway.Core.Cluster;
using OpenClaw.Gateway.Core.Idempotency;

namespace OpenClaw.Gateway.Core.Ingress;

/// <summary>
/// Takes a message to the core that works on its session: to this one when nobody else does, else by a call to the other. The queue's
/// delivery stays here until the message is done with, so one of the two may die at any time: the message is then taken to the next
/// core, or comes out of the queue again.
/// </summary>
internal sealed class MessageRouter(SessionLeases leases, SessionCalls calls, MessageHandover handover, MessageOutcomes outcomes, AnswerBook book, TimeProvider time)
{
    /// <summary>How long to wait when a session is just changing hands.</summary>
    private static readonly TimeSpan ChangePause = TimeSpan.FromMilliseconds(100);

    /// <summary>Sees a message through.</summary>
    /// <param name="delivered">The message.</param>
    /// <param name="place">Its place in this process.</param>
    /// <param name="heldUntil">Runs of this core do not look at the history before this completes.</param>
    /// <param name="handedOut">Called when its work has begun somewhere; more than once.</param>
    /// <param name="stopping">This core stops, or does not have the delivery any more.</param>
    public async Task<Handover> RouteAsync(DeliveredMessage delivered, SequencePlace place, Task heldUntil, Action handedOut, CancellationToken stopping)
    {
        var key = MessageOutcomes.KeyOf(delivered.Message);
        while (true)
        {
            var pause = ChangePause;
            try
            {
                if (await book.FindOverAsync(key, stopping).ConfigureAwait(false) is { } over)
                {
                    outcomes.Adopt(key, over);
                    place.Over();
                    return Handover.Done;
                }
                var claim = await leases.ClaimAsync(delivered.SessionKey, stopping).ConfigureAwait(false);
                if (claim.Hold is { } hold)
                    return await handover.HandOnAsync(delivered, place, hold, heldUntil, handedOut, stopping).ConfigureAwait(false);
                if (claim.Owner is { } owner && await calls.SubmitAsync(owner, delivered, stopping).ConfigureAwait(false) is { } answer)
                {
                    handedOut();
                    // From here on the other core may have begun.
                    delivered = delivered with { ComesBack = true };
                    if (answer.State is SessionCallState.Done)
                        pause = TimeSpan.Zero;
                    else if (answer.State is SessionCallState.Again)
                        return Handover.Again(TimeSpan.FromMilliseconds(answer.DelayMs));
                    else if (answer.State is SessionCallState.Working)
                        continue;
                }
            }
            catch (BusUnavailableException away)
            {
                pause = away.RetryAfter;
            }
            await Task.Delay(pause, time, stopping).ConfigureAwait(false);
        }
    }
}
