namespace OpenClaw.Gateway.Core.Sessions.Transcripts;

/// <summary>One user's hold on an open transcript.</summary>
internal sealed class TranscriptLease(TranscriptFile file, Action release) : IDisposable
{
    private int _released;

    public TranscriptFile File { get; } = file;

    /// <inheritdoc cref="TranscriptFile.AppendAsync(TranscriptEntry, CancellationToken)"/>
    public Task<string> AppendAsync(TranscriptEntry entry, CancellationToken cancellationToken) => File.AppendAsync(entry, cancellationToken);

    /// <inheritdoc cref="TranscriptFile.AppendAsync(IReadOnlyList{TranscriptEntry}, CancellationToken)"/>
    public Task AppendAsync(IReadOnlyList<TranscriptEntry> entries, CancellationToken cancellationToken) => File.AppendAsync(entries, cancellationToken);

    /// <summary>The model's view of the current branch.</summary>
    public Task<TranscriptContext> ReadContextAsync(CancellationToken cancellationToken) =>
        TranscriptContextReader.ReadAsync(File.Path, File.Index, File.LeafId, cancellationToken);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _released, 1) == 0)
            release();
    }
}
