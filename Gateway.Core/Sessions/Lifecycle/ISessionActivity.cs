using OpenClaw.Gateway.Core.Sessions.Keys;

namespace OpenClaw.Gateway.Core.Sessions.Lifecycle;

/// <summary>Ends what is going on in a session before it is taken away.</summary>
internal interface ISessionActivity
{
    /// <summary>
    /// Drops queued messages, stops subagents and runs of the session, and waits for the runs to end. False when one is
    /// still at work after <paramref name="limit"/>.
    /// </summary>
    Task<bool> StopAsync(SessionKey key, string? sessionId, TimeSpan limit, CancellationToken cancellationToken);
}
