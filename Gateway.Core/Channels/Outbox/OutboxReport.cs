using OpenClaw.Channels.Abstractions.Outbox;
using OpenClaw.Gateway.Bus;

namespace OpenClaw.Gateway.Core.Channels.Outbox;

/// <summary>A message to send, as people are shown it.</summary>
/// <param name="Record">What is known of it.</param>
/// <param name="State">Where it has got to.</param>
/// <param name="Reason">What went wrong; null when nothing did.</param>
/// <param name="IsKept">Its content is there still, so that it can be sent again.</param>
internal sealed record OutboxRow(OutboxRecord Record, OutboxState State, string? Reason, bool IsKept);

/// <summary>Messages that wait in a queue or are being sent.</summary>
/// <param name="Queue">The queue.</param>
/// <param name="Count">How many.</param>
/// <param name="Since">Since when the oldest waits.</param>
internal sealed record OutboxBacklog(string Queue, int Count, DateTimeOffset? Since)
{
    /// <summary>The channel.</summary>
    public string Channel => Queue.Split('.', 3)[1];

    /// <summary>The account, as its queue names it.</summary>
    public string Account => Queue.Split('.', 3)[^1];
}

/// <summary>What became of the messages to send: from the notes about them, and from what is in the queues or was set aside there.</summary>
internal sealed class OutboxReport(IBus bus, OutboxLetters letters, OutboxWaiting waiting, TimeProvider time)
{
    /// <summary>An attempt takes no longer (the longest upload, 50 MB over a slow line, is 56 minutes); what is noted as one for longer ended with its process.</summary>
    private static readonly TimeSpan LongestAttempt = TimeSpan.FromHours(1);

    /// <summary>All that is known, the newest last.</summary>
    /// <exception cref="BusUnavailableException">The bus cannot be reached.</exception>
    public async Task<IReadOnlyList<OutboxRow>> TakeAsync(CancellationToken cancellationToken)
    {
        var rows = (await OutboxRecords.ListAsync(bus, cancellationToken).ConfigureAwait(false)).ToDictionary(static record => record.Id, record => RowOf(record, isKept: false), StringComparer.Ordinal);
        foreach (var letter in await letters.ListAsync(cancellationToken).ConfigureAwait(false))
            rows[letter.Message.Id] = RowOf(rows.GetValueOrDefault(letter.Message.Id)?.Record is { IsOver: true } known ? known : letter.Record, isKept: true);
        foreach (var entry in await waiting.ListAsync(cancellationToken).ConfigureAwait(false))
            rows.TryAdd(entry.Record.Id, RowOf(entry.Record, isKept: false));
        return [.. rows.Values.OrderBy(static row => row.Record.CreatedAtMs).ThenBy(static row => row.Record.Id, StringComparer.Ordinal)];
    }

    /// <summary>How many wait to be sent, by queue: more than are listed when those are very many.</summary>
    /// <exception cref="BusUnavailableException">The bus cannot be reached.</exception>
    public async Task<IReadOnlyList<OutboxBacklog>> BacklogAsync(CancellationToken cancellationToken)
    {
        var backlog = new List<OutboxBacklog>();
        foreach (var queue in await letters.QueuesAsync(cancellationToken).ConfigureAwait(false))
        {
            var statistics = await bus.Queues.GetStatisticsAsync(queue, cancellationToken).ConfigureAwait(false);
            if (statistics.Waiting + statistics.InFlight > 0)
                backlog.Add(new OutboxBacklog(queue, statistics.Waiting + statistics.InFlight, statistics.OldestEnqueuedAt));
        }
        return backlog;
    }

    /// <summary>How it is shown: its note may be older than what its time to live has made of it.</summary>
    public OutboxRow RowOf(OutboxRecord record, bool isKept)
    {
        var now = time.GetUtcNow();
        var isLate = record.ExpiresAtMs is { } expires && now.ToUnixTimeMilliseconds() > expires;
        if (record.State is OutboxState.Attempting && isLate && now - DateTimeOffset.FromUnixTimeMilliseconds(record.AtMs) > LongestAttempt)
            return new OutboxRow(record, OutboxState.Ambiguous, record.Error ?? "the attempt was not seen to end", isKept);
        if (record.IsOver || !isLate || record.State is OutboxState.Attempting)
            return new OutboxRow(record, record.State, record.Error, isKept);
        var isDoubtful = record.MayBeDouble || record.State is OutboxState.Ambiguous;
        return new OutboxRow(record, isDoubtful ? OutboxState.Ambiguous : OutboxState.Failed, "its time was over before it could be sent" + (record.Error is { } error ? $" ({error})" : ""), isKept);
    }
}
