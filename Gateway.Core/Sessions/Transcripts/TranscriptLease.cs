namespace OpenClaw.Gateway.Core.Sessions.Transcripts;

/// <summary>One user's hold on an open transcript.</summary>
internal sealed class TranscriptLease(TranscriptFile file, Action release) : IDisposable
{
    private int _released;

    public TranscriptFile File { get; } = file;

    /// <inheritdoc cref="TranscriptFile.AppendAsync"/>
    public Task<string> AppendAsync(TranscriptEntry entry, CancellationToken cancellationToken) => File.AppendAsync(entry, cancellationToken);

    /// <summary>The model's view of the current branch.</summary>
    public Task<TranscriptContext> ReadContextAsync(CancellationToken cancellationToken) =>
        TranscriptContextReader.ReadAsync(File.Path, File.Index, File.LeafId, cancellationToken);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _released, 1) == 0)
            release();
    }
}
