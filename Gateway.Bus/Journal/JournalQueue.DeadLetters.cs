using OpenClaw.Gateway.Bus.Queues;

namespace OpenClaw.Gateway.Bus.Journal;

internal sealed partial class JournalQueue
{
    public IReadOnlyList<DeadLetter> ListDeadLetters(int limit, ulong after) =>
        [.. _index.ListDeadLetters(limit, after).Select(Describe)];

    /// <summary>False when there is no such dead letter.</summary>
    /// <exception cref="BusUnavailableException">It cannot be recorded now; the dead letter stays.</exception>
    public async Task<bool> ReplayDeadLetterAsync(ulong id)
    {
        if (_index.ClaimDeadLetter(id) is not { } item)
            return false;
        ulong order = 0;
        var write = new JournalWrite(
            JournalRecordCodec.Encode(new ReplayRecord(id, 0)),
            isDurable: true,
            prepare: record => record.SetOrder(order = _log.NextId()),
            committed: _ => _index.ReplayDeadLetter(item, order));
        ThrowUnlessWritten(await WriteAsync(write).ConfigureAwait(false), item);
        return true;
    }

    /// <inheritdoc cref="ReplayDeadLetterAsync"/>
    public async Task<bool> DropDeadLetterAsync(ulong id)
    {
        if (_index.ClaimDeadLetter(id) is not { } item)
            return false;
        ThrowUnlessWritten(await WriteDropAsync(item).ConfigureAwait(false), item);
        return true;
    }

    private async Task EvictDeadLettersAsync()
    {
        while (_index.ClaimSurplusDeadLetter(_options.MaxDeadLetters) is { } item)
        {
            if (!(await WriteDropAsync(item).ConfigureAwait(false)).IsWritten)
            {
                // One too many until the next dead letter comes.
                _index.UnclaimDeadLetter(item);
                return;
            }
            _logger.LogDeadLetterEvicted(_name, MessageId.Format(item.Id), _options.MaxDeadLetters);
        }
    }

    private Task<WriteResult> WriteDropAsync(QueueItem item) =>
        WriteAsync(new SettleRecord(item.Id), isDurable: true, _ => _index.RemoveDeadLetter(item));

    private void ThrowUnlessWritten(WriteResult result, QueueItem item)
    {
        if (result.Error is not { } error)
            return;
        _index.UnclaimDeadLetter(item);
        throw new BusUnavailableException($"Queue {_name} cannot be written: {error.Message}", error);
    }

    private DeadLetter Describe(QueueItem item)
    {
        var put = Read(item);
        return new DeadLetter
        {
            Id = MessageId.Format(item.Id),
            Key = item.Key,
            Attempts = item.Attempts,
            EnqueuedAt = item.EnqueuedAt,
            SetAsideAt = item.SetAsideAt ?? item.EnqueuedAt,
            Reason = put is null ? $"{item.Reason} (its content can no longer be read)" : item.Reason ?? "",
            Payload = put?.Payload ?? default,
        };
    }
}
