using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Core.Sessions.Locking;

namespace OpenClaw.Gateway.Core.Sessions.Transcripts;

/// <summary>
/// Opens transcripts for appending. Everybody in this process who opens the same file shares it, so that a note can be
/// added while a run holds the session; other processes wait until the last one here has closed it.
/// </summary>
internal sealed class TranscriptFiles(LockFiles locks, TimeProvider time, ILogger<TranscriptRepair> logger)
{
    private readonly TranscriptRepair _repair = new(time, logger);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Shared> _open = new(StringComparer.Ordinal);

    /// <summary>Opens or shares the transcript; dispose the lease to let go of it.</summary>
    /// <exception cref="LockTimeoutException">Another process is using the session.</exception>
    /// <exception cref="IOException">The file cannot be read or repaired.</exception>
    public async Task<TranscriptLease> OpenAsync(TranscriptOptions options, CancellationToken cancellationToken)
    {
        Shared shared;
        lock (_gate)
        {
            if (!_open.TryGetValue(options.Path, out var found))
                _open[options.Path] = found = new Shared();
            shared = found;
            shared.Users++;
        }
        try
        {
            await shared.Opening.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                shared.File ??= await TranscriptFile.OpenAsync(options, locks, _repair, time, cancellationToken).ConfigureAwait(false);
                return new TranscriptLease(shared.File, () => Release(options.Path, shared));
            }
            finally
            {
                shared.Opening.Release();
            }
        }
        catch
        {
            Release(options.Path, shared);
            throw;
        }
    }

    private void Release(string path, Shared shared)
    {
        TranscriptFile? closing;
        lock (_gate)
        {
            if (--shared.Users > 0)
                return;
            _open.Remove(path);
            closing = shared.File;
        }
        closing?.Dispose();
    }

    private sealed class Shared
    {
        public SemaphoreSlim Opening { get; } = new(1, 1);

        public int Users { get; set; }

        public TranscriptFile? File { get; set; }
    }
}
