using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Bus;
using OpenClaw.Gateway.Bus.Maps;
using OpenClaw.Gateway.Core.Cluster;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Protocol.Errors;

namespace OpenClaw.Gateway.Core.Idempotency;

/// <summary>What came of claiming a key.</summary>
/// <param name="IsMine">The message may be stored.</param>
/// <param name="Reply">What the repeat is answered; null when the first one has no answer yet.</param>
/// <param name="IsOpen">Another core is storing the message, or died at that: whether it is accepted, nobody can say yet.</param>
internal readonly record struct AnswerClaim(bool IsMine, MethodReply? Reply = null, bool IsOpen = false)
{
    /// <summary>What a client is told whose message is open: it comes again, and finds the message accepted, or is the one whose message is.</summary>
    public static ErrorShape ComeAgain { get; } = ErrorShape.Unavailable("the message is being accepted by another core; try again") with { Retryable = true, RetryAfterMs = 500 };
}

/// <summary>
/// The memory of answers that all cores of a gateway share, so that a repeat is recognised on whichever core it arrives. In front of
/// it each core has its own (<see cref="IdempotencyCache"/>).
/// </summary>
internal sealed partial class AnswerBook(IdempotencyCache cache, IBus bus, CoreId self, CoreDirectory cores, TimeProvider time, ILogger<AnswerBook> logger)
{
    private const string Map = "core.answers";

    /// <summary>How long a message can be under way and its repeat still be recognised on another core.</summary>
    private static readonly TimeSpan UnderWay = TimeSpan.FromHours(1);

    /// <summary>A claim is followed by the append at once; one that is older is of a core that died in between.</summary>
    private static readonly TimeSpan Claiming = TimeSpan.FromSeconds(30);

    /// <summary>How long a claim of another core is waited for, which stores a message in milliseconds.</summary>
    private static readonly TimeSpan ClaimPatience = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan ClaimPause = TimeSpan.FromMilliseconds(50);

    /// <summary>The answer of a message that is done with, or that was answered early; null when there is none.</summary>
    /// <exception cref="BusUnavailableException">It is not known here, and the others cannot be asked.</exception>
    public async ValueTask<MethodReply?> FindAsync(string key, CancellationToken cancellationToken)
    {
        if (cache.Find(key) is { } known)
            return known;
        return (await ReadAsync(key, cancellationToken).ConfigureAwait(false))?.Reply;
    }

    /// <summary>What is known of a message that is done with, as all cores know it; null when it is not.</summary>
    /// <exception cref="BusUnavailableException">The bus cannot be reached.</exception>
    public async ValueTask<SharedAnswer?> FindOverAsync(string key, CancellationToken cancellationToken) =>
        await ReadAsync(key, cancellationToken).ConfigureAwait(false) is { State: AnswerState.Over } over ? over : null;

    /// <summary>Claims a key before its message is stored. Only one core gets it; a claim whose core died goes to the next one that asks.</summary>
    /// <exception cref="BusUnavailableException">The bus cannot be reached.</exception>
    public async ValueTask<AnswerClaim> ClaimAsync(string key, CancellationToken cancellationToken)
    {
        var claim = new SharedAnswer { State = AnswerState.Claimed, Core = self.Value }.ToBytes();
        var expected = MapEntry.NoVersion;
        var since = time.GetTimestamp();
        while (true)
        {
            var write = await bus.Maps.CompareAndSetAsync(Map, NameOf(key), expected, claim, Claiming, cancellationToken).ConfigureAwait(false);
            // A memory that is full must not keep messages from being taken: then repeats are only recognised by the core itself.
            if (write.Outcome is MapWriteOutcome.Written or MapWriteOutcome.Full)
                return new AnswerClaim(IsMine: true);
            if (write.Current is not { } current)
            {
                expected = MapEntry.NoVersion;
                continue;
            }
            var known = Parse(current);
            // Its own claim: an earlier try, of which it is not known whether the message was stored.
            var isAbandoned = known is null || (known.State is AnswerState.Claimed && (known.Core == self.Value || !cores.Knows(known.Core)));
            if (!isAbandoned && known!.State is not AnswerState.Claimed)
                return new AnswerClaim(IsMine: false, known.Reply);
            if (isAbandoned)
                expected = current.Version;
            else if (time.GetElapsedTime(since) > ClaimPatience)
                return new AnswerClaim(IsMine: false, IsOpen: true);
            else
                await Task.Delay(ClaimPause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The message is stored, so a repeat anywhere is one. What cannot be noted is still recognised by this core.</summary>
    /// <param name="key">The key.</param>
    /// <param name="reply">What a repeat is answered until there is another answer; null for none.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async ValueTask AcceptedAsync(string key, MethodReply? reply, CancellationToken cancellationToken)
    {
        try
        {
            if (await bus.Maps.GetAsync(Map, NameOf(key), cancellationToken).ConfigureAwait(false) is not { } entry || Parse(entry) is { State: AnswerState.Over })
                return;
            var accepted = new SharedAnswer { State = AnswerState.Accepted, Core = self.Value, Payload = reply?.PayloadJson.ToArray() };
            // Conflict: whoever works on it was faster.
            await bus.Maps.CompareAndSetAsync(Map, NameOf(key), entry.Version, accepted.ToBytes(), UnderWay, cancellationToken).ConfigureAwait(false);
        }
        catch (BusUnavailableException e)
        {
            LogNotShared(logger, e);
        }
    }

    /// <summary>The message was not stored.</summary>
    public async ValueTask WithdrawAsync(string key)
    {
        try
        {
            await bus.Maps.RemoveAsync(Map, NameOf(key)).ConfigureAwait(false);
        }
        catch (BusUnavailableException e)
        {
            LogNotShared(logger, e);
        }
    }

    /// <summary>Notes for all cores how a message ended; tried until the bus takes it, as whoever gets the message again must find it.</summary>
    /// <param name="key">The key.</param>
    /// <param name="answer">How it ended.</param>
    /// <param name="brief">What a repeat is answered when the answer is larger than a map takes.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask OverAsync(string key, SharedAnswer answer, MethodReply brief, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                var write = await bus.Maps.SetAsync(Map, NameOf(key), answer.ToBytes(), IdempotencyCache.Lifetime, cancellationToken).ConfigureAwait(false);
                if (write.Outcome is MapWriteOutcome.TooLarge)
                    await bus.Maps.SetAsync(Map, NameOf(key), (answer with { Payload = brief.PayloadJson.ToArray(), Error = brief.Error }).ToBytes(), IdempotencyCache.Lifetime, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (BusUnavailableException away)
            {
                await Task.Delay(away.RetryAfter, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // The keys of a map have at most 512 characters, and a client's may have more.
    private static string NameOf(string key) => key.Length <= 400 ? key : $"{key[..key.IndexOf(':', StringComparison.Ordinal)]}#{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))}";

    private async ValueTask<SharedAnswer?> ReadAsync(string key, CancellationToken cancellationToken) =>
        await bus.Maps.GetAsync(Map, NameOf(key), cancellationToken).ConfigureAwait(false) is { } entry ? Parse(entry) : null;

    private SharedAnswer? Parse(MapEntry entry)
    {
        try
        {
            return SharedAnswer.Parse(entry.Value);
        }
        catch (JsonException e)
        {
            LogMalformed(logger, e);
            return null;
        }
    }

    [LoggerMessage(1541, LogLevel.Warning, "An answer could not be shared with the other cores; only this one recognises a repeat.")]
    private static partial void LogNotShared(ILogger logger, Exception exception);

    [LoggerMessage(1542, LogLevel.Warning, "A shared answer is not what this core understands, and is ignored.")]
    private static partial void LogMalformed(ILogger logger, Exception exception);
}
