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
    /// <param name="message">The message.</param>
    /// <param name="comesBack">It was delivered before.</param>
    /// <param name="heldUntil">Runs of this core do not look at the history before this completes.</param>
    /// <param name="handedOn">Called when the next message of the session may follow; more than once.</param>
    /// <param name="stopping">This core stops, or does not have the delivery any more.</param>
    public async Task<Handover> RouteAsync(AcceptedMessage message, bool comesBack, Task heldUntil, Action handedOn, CancellationToken stopping)
    {
        while (true)
        {
            var pause = ChangePause;
            try
            {
                if (await book.FindOverAsync(MessageOutcomes.KeyOf(message), stopping).ConfigureAwait(false) is { } over)
                {
                    handedOn();
                    outcomes.Adopt(MessageOutcomes.KeyOf(message), over);
                    return Handover.Done;
                }
                var claim = await leases.ClaimAsync(message.SessionKey, stopping).ConfigureAwait(false);
                if (claim.Hold is { } hold)
                {
                    await WaitForPredecessorAsync(message, hold, stopping).ConfigureAwait(false);
                    return await handover.HandOnAsync(message, comesBack, hold, heldUntil, handedOn, stopping).ConfigureAwait(false);
                }
                if (claim.Owner is { } owner && await calls.SubmitAsync(owner, message, comesBack, stopping).ConfigureAwait(false) is { } answer)
                {
                    handedOn();
                    // From here on the other core may have begun.
                    comesBack = true;
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

    private async ValueTask WaitForPredecessorAsync(AcceptedMessage message, SessionHold hold, CancellationToken stopping)
    {
        try
        {
            // With the session in hand: the one before comes here.
            await handover.WaitForPredecessorAsync(message, stopping).ConfigureAwait(false);
        }
        catch
        {
            hold.Dispose();
            throw;
        }
    }
}
