using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using OpenClaw.Channels.Abstractions;
using OpenClaw.Gateway.Bus;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Storage;

namespace OpenClaw.Gateway.Core.Channels.Inbound.Acceptance;

/// <summary>
/// Which sessions were told to stop, and when. A stop overtakes what was said before it and still waits for its turn: that is forgotten when its turn
/// comes, as what waits for a run is forgotten at once. While anything waits, a stop is also a small file in <c>session-stops</c>: who is killed before
/// those turns does not work on them when it is back.
/// </summary>
internal sealed partial class SessionStops(IBus bus, GatewayEnvironment environment, TimeProvider time, ILogger<SessionStops> logger)
{
    /// <summary>Many more sessions than are stopped while their messages wait.</summary>
    private const int MaxRemembered = 1000;

    private const string Extension = ".txt";

    private readonly Lock _gate = new();
    private ConcurrentDictionary<string, DateTimeOffset>? _at;

    private string Folder => Path.Combine(environment.StateDirectory, "session-stops");

    /// <summary>Notes a stop; before what is worked on is stopped, so that a message is found by the one or by the other.</summary>
    /// <param name="sessionKey">The session.</param>
    /// <param name="storedAt">When the message that says so was stored.</param>
    /// <param name="cancellationToken">Stops; it may have been noted.</param>
    public async Task NoteAsync(string sessionKey, DateTimeOffset storedAt, CancellationToken cancellationToken)
    {
        var known = Known();
        while (known.Count >= MaxRemembered && known.MinBy(static pair => pair.Value) is { Key: { } oldest } && known.TryRemove(oldest, out _))
        {
        }
        known.AddOrUpdate(sessionKey, storedAt, (_, before) => before > storedAt ? before : storedAt);
        try
        {
            var waitingSince = await WaitingSinceAsync(cancellationToken).ConfigureAwait(false);
            if (waitingSince < storedAt)
                await AtomicFile.WriteAsync(PathOf(sessionKey), Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{storedAt.ToUnixTimeMilliseconds()}\n{sessionKey}")), cancellationToken).ConfigureAwait(false);
            foreach (var kept in Kept().Where(kept => kept.At <= waitingSince).ToList())
                File.Delete(kept.File);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It stops all the same.
            LogNotKept(logger, e.Message);
        }
    }

    /// <summary>Whether a message was said before its session was stopped.</summary>
    public bool Covers(string sessionKey, DateTimeOffset storedAt) => Known().TryGetValue(sessionKey, out var stopped) && storedAt < stopped;

    /// <summary>When the oldest of the messages came that are to be worked on; the beginning of time when nobody can say.</summary>
    private async ValueTask<DateTimeOffset> WaitingSinceAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await bus.Queues.PeekAsync(ChannelNames.InboundQueue, limit: 1, cancellationToken: cancellationToken).ConfigureAwait(false) is [var first, ..] ? first.EnqueuedAt : DateTimeOffset.MaxValue;
        }
        catch (BusUnavailableException)
        {
            return DateTimeOffset.MinValue;
        }
    }

    private ConcurrentDictionary<string, DateTimeOffset> Known()
    {
        if (Volatile.Read(ref _at) is { } known)
            return known;
        lock (_gate)
        {
            if (_at is not null)
                return _at;
            var read = new ConcurrentDictionary<string, DateTimeOffset>(StringComparer.Ordinal);
            try
            {
                // A clock that was set back must not make a stop of what is said from now on.
                var now = time.GetUtcNow();
                foreach (var kept in Kept().Where(kept => kept.At <= now).OrderByDescending(kept => kept.At).Take(MaxRemembered))
                    read[kept.SessionKey] = kept.At;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                LogNotRead(logger, e.Message);
            }
            Volatile.Write(ref _at, read);
            return read;
        }
    }

    private IEnumerable<KeptStop> Kept() => Directory.Exists(Folder) ? Directory.EnumerateFiles(Folder, "*" + Extension).Select(Read).OfType<KeptStop>() : [];

    private static KeptStop? Read(string file)
    {
        try
        {
            var text = File.ReadAllText(file);
            var end = text.IndexOf('\n', StringComparison.Ordinal);
            return long.TryParse(text.AsSpan(0, Math.Max(0, end)), NumberStyles.None, CultureInfo.InvariantCulture, out var ms) && ms <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
                ? new KeptStop(file, DateTimeOffset.FromUnixTimeMilliseconds(ms), text[(end + 1)..])
                : null;
        }
        catch (FileNotFoundException)
        {
            // Another core that shares the directory has tidied up.
            return null;
        }
    }

    private string PathOf(string sessionKey) => Path.Combine(Folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sessionKey)).AsSpan(0, 16)) + Extension);

    [LoggerMessage(8208, LogLevel.Warning, "A stop could not be kept; what waits for its turn would be worked on if the process ended now: {Reason}")]
    private static partial void LogNotKept(ILogger logger, string reason);

    [LoggerMessage(8209, LogLevel.Warning, "The stops from before the start cannot be read: {Reason}")]
    private static partial void LogNotRead(ILogger logger, string reason);

    /// <summary>A stop on disk. In whole milliseconds, as the queue keeps when a message came: one that came in the millisecond of the stop came after it.</summary>
    private sealed record KeptStop(string File, DateTimeOffset At, string SessionKey);
}
