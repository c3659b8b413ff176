namespace OpenClaw.Gateway.Bus.Journal;

/// <summary>What became of a record.</summary>
/// <param name="Error">Why it was not written; null when it was.</param>
/// <param name="IsGone">With an error: it is certain that no later start reads the record.</param>
internal readonly record struct WriteResult(IOException? Error, bool IsGone)
{
    public static WriteResult Written => new(null, false);

    public bool IsWritten => Error is null;
}

/// <summary>A record on its way into the journal.</summary>
/// <param name="record">The record; released when the write is over.</param>
/// <param name="isDurable">Whether the write is over only when the record would survive a power failure; otherwise it survives the process.</param>
/// <param name="prepare">Runs on the writer's thread before the write, in the order of the records in the file.</param>
/// <param name="committed">Runs on the writer's thread after the write, in the same order, before <see cref="Completion"/> is set.</param>
internal sealed class JournalWrite(
    EncodedRecord record,
    bool isDurable,
    Action<EncodedRecord>? prepare = null,
    Action<RecordLocation>? committed = null)
{
    private readonly TaskCompletionSource<WriteResult> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public EncodedRecord Record => record;

    public bool IsDurable => isDurable;

    public Task<WriteResult> Completion => _completion.Task;

    /// <summary>The result, for the writer's own thread.</summary>
    public WriteResult? Result { get; private set; }

    public void Prepare() => prepare?.Invoke(record);

    public void Commit(RecordLocation location)
    {
        committed?.Invoke(location);
        End(WriteResult.Written);
    }

    public void Fail(IOException error, bool isGone) => End(new WriteResult(error, isGone));

    private void End(WriteResult result)
    {
        Result = result;
        record.Release();
        _completion.TrySetResult(result);
    }
}
