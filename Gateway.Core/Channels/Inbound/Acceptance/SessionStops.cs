using System.Collections.Concurrent;

namespace OpenClaw.Gateway.Core.Channels.Inbound.Acceptance;

/// <summary>
/// Which sessions were told to stop, and when. A stop overtakes what was said before it and still waits for its turn: that is forgotten when its turn
/// comes, as what waits for a run is forgotten at once.
/// </summary>
internal sealed class SessionStops
{
    /// <summary>Many more sessions than are stopped while their messages wait.</summary>
    private const int MaxRemembered = 1000;

    private readonly ConcurrentDictionary<string, DateTimeOffset> _at = new(StringComparer.Ordinal);

    /// <summary>Notes a stop; before what is worked on is stopped, so that a message is found by the one or by the other.</summary>
    /// <param name="sessionKey">The session.</param>
    /// <param name="storedAt">When the message that says so was stored.</param>
    public void Note(string sessionKey, DateTimeOffset storedAt)
    {
        while (_at.Count >= MaxRemembered && _at.MinBy(static pair => pair.Value) is { Key: { } oldest } && _at.TryRemove(oldest, out _))
        {
        }
        _at.AddOrUpdate(sessionKey, storedAt, (_, before) => before > storedAt ? before : storedAt);
    }

    /// <summary>Whether a message was said before its session was stopped.</summary>
    public bool Covers(string sessionKey, DateTimeOffset storedAt) => _at.TryGetValue(sessionKey, out var stopped) && storedAt < stopped;
}
