using OpenClaw.Channels.Abstractions.Outbox;
using OpenClaw.Gateway.Bus;
using OpenClaw.Gateway.Bus.Maps;
using OpenClaw.Gateway.Protocol.Errors;

namespace OpenClaw.Gateway.Core.Channels.Outbox;

/// <summary>What came of a person's decision about a message.</summary>
/// <param name="NewId">The message that is sent in its place.</param>
/// <param name="IsPending">It has its turn at this moment, and is given up with it.</param>
/// <param name="Warning">What the person should know.</param>
internal sealed record OutboxDecision(string? NewId = null, bool IsPending = false, string? Warning = null);

/// <summary>
/// Carries out what people decide about messages: send again, or give up. Whoever notes a decision first has it; who was killed after that can decide the
/// same again, and nothing is done twice.
/// </summary>
internal sealed class OutboxDesk(IBus bus, OutboxLetters letters, OutboxWaiting waiting, OutboxReport report, OutboxWriter outbox, TimeProvider time)
{
    private const string MayBeTwice = "it may have arrived before, and may now be there twice";

    /// <summary>Sends a message again that failed, or that may be there or not: as one new message.</summary>
    /// <exception cref="BusUnavailableException">The bus cannot be reached.</exception>
    public async Task<(OutboxDecision? Decision, ErrorShape? Error)> RetryAsync(string id, CancellationToken cancellationToken)
    {
        var letter = await letters.FindAsync(id, cancellationToken).ConfigureAwait(false);
        var (record, error) = await DecideAsync(id, letter, RetryRefusal, record => record with { RetriedAs = record.RetriedAs ?? id + "~1" }, cancellationToken).ConfigureAwait(false);
        if (record is null)
            return (null, error);
        var again = letter!.Message with { Id = record.RetriedAs!, CreatedAtMs = time.GetUtcNow().ToUnixTimeMilliseconds() };
        var stored = await outbox.AppendAsync(again, OutboxWriter.ReplyTimeToLive, cancellationToken).ConfigureAwait(false);
        if (!stored.IsAccepted)
            return (null, ErrorShape.Unavailable(stored.Error ?? "the message could not be stored") with { Retryable = true, RetryAfterMs = 1000 });
        await letters.ForgetAsync(letter, cancellationToken).ConfigureAwait(false);
        return (new OutboxDecision(again.Id, Warning: record.State is OutboxState.Ambiguous ? MayBeTwice : null), null);
    }

    /// <summary>Gives a message up.</summary>
    /// <exception cref="BusUnavailableException">The bus cannot be reached.</exception>
    public async Task<(OutboxDecision? Decision, ErrorShape? Error)> DropAsync(string id, CancellationToken cancellationToken)
    {
        var letter = await letters.FindAsync(id, cancellationToken).ConfigureAwait(false);
        var (record, error) = await DecideAsync(id, letter, DropRefusal, record => record with { State = OutboxState.Dropped, AtMs = time.GetUtcNow().ToUnixTimeMilliseconds() }, cancellationToken).ConfigureAwait(false);
        if (record is null)
            return (null, error);
        // The note says so to who has it at this moment; what still waits is gone with this, whatever happens to the process.
        var isGone = letter is not null
            ? await letters.ForgetAsync(letter, cancellationToken).ConfigureAwait(false)
            : await waiting.DropAsync(id, cancellationToken).ConfigureAwait(false);
        return (new OutboxDecision(IsPending: letter is null && !isGone), null);
    }

    /// <summary>Notes a decision, unless it comes too late or somebody has decided otherwise.</summary>
    private async Task<(OutboxRecord? Record, ErrorShape? Error)> DecideAsync(
        string id, OutboxLetter? letter, Func<OutboxRow, string?> refuse, Func<OutboxRecord, OutboxRecord> decide, CancellationToken cancellationToken)
    {
        while (true)
        {
            var known = await OutboxRecords.FindAsync(bus, id, cancellationToken).ConfigureAwait(false);
            // The note of an attempt may be older than the letter: notes are not durable, and letters are.
            var record = known is { Record: { IsOver: true } or { RetriedAs: not null } } ? known.Value.Record : letter?.Record ?? known?.Record;
            record ??= (await waiting.FindAsync(id, cancellationToken).ConfigureAwait(false))?.Record;
            if (record is null)
                return (null, ErrorShape.InvalidRequest($"no message {id} is known"));
            if (refuse(report.RowOf(record, isKept: letter is not null)) is { } refusal)
                return (null, ErrorShape.InvalidRequest($"message {id} {refusal}"));
            var decided = decide(record);
            if (decided == known?.Record || await OutboxRecords.WriteAsync(bus, decided, known?.Version ?? MapEntry.NoVersion, cancellationToken).ConfigureAwait(false) is not null)
                return (decided, null);
            // Somebody was faster, or the bus is away, which the next look tells.
        }
    }

    private static string? RetryRefusal(OutboxRow row) => row switch
    {
        // Once is enough; who was killed at it may end what was begun.
        { Record.RetriedAs: { } other, IsKept: false } => $"was sent again as {other}",
        { State: OutboxState.Dropped } => "was dropped",
        { State: OutboxState.Delivered } => "was delivered",
        { IsKept: true } => null,
        { State: OutboxState.Attempting } => "is being sent",
        { Record.IsOver: false, State: OutboxState.Prepared or OutboxState.Queued or OutboxState.Ambiguous } when row.State == row.Record.State => "is still being tried; it is sent, or fails, by itself",
        _ => "cannot be sent again: it is not among what was set aside, where a late one comes when its account is connected",
    };

    private static string? DropRefusal(OutboxRow row) => row switch
    {
        { Record.RetriedAs: { } other } => $"was sent again as {other}",
        { State: OutboxState.Dropped, IsKept: false } => "was dropped",
        { State: OutboxState.Delivered } => "was delivered",
        { State: OutboxState.Attempting } => "is being sent, which cannot be stopped any more",
        { IsKept: false } when row.Record.IsOver || row.State != row.Record.State => "is over already",
        _ => null,
    };
}
