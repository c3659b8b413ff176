using OpenClaw.Channels.Abstractions.Media;
using OpenClaw.Channels.Abstractions.Messages;

namespace OpenClaw.Channels.Telegram.Inbound;

/// <summary>
/// Files that are being handed over to the core, part by part. The API gives a file only as a whole, so it lies here meanwhile; a process that dies leaves
/// nothing of it behind, and the core asks again from the beginning.
/// </summary>
internal sealed class FetchedFiles(FileFetcher fetcher, TimeProvider time) : IAsyncDisposable
{
    /// <summary>A core that does not go on for so long has died; another one begins anew.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(2);

    private const int MaxAtOnce = 16;

    private readonly SemaphoreSlim _fetching = new(MaxAtOnce);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <summary>A part of a file, with the length of the whole.</summary>
    public async Task<ActionResult> ReadAsync(ReadMediaAction part, CancellationToken cancellationToken)
    {
        await ForgetAsync().ConfigureAwait(false);
        var entry = await TakeTurnAsync(part.Reference, cancellationToken).ConfigureAwait(false);
        try
        {
            if (entry.File is null && await FetchAsync(entry, part.Reference, cancellationToken).ConfigureAwait(false) is { } problem)
                return ActionResult.Failed(problem);
            var stream = entry.File!.Stream;
            if (part.Offset < 0 || part.Offset > stream.Length)
                return ActionResult.Failed("the file has changed");
            stream.Position = part.Offset;
            var bytes = new byte[Math.Min(ReadMediaAction.MaxPart, stream.Length - part.Offset)];
            await stream.ReadExactlyAsync(bytes, cancellationToken).ConfigureAwait(false);
            entry.LastUsed = time.GetTimestamp();
            entry.IsDone = part.Offset + bytes.Length == stream.Length;
            return ActionResult.Done with { Content = bytes, Length = stream.Length };
        }
        finally
        {
            entry.Turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        List<Entry> entries;
        lock (_gate)
        {
            entries = [.. _entries.Values];
            _entries.Clear();
        }
        foreach (var entry in entries)
            await entry.EndAsync().ConfigureAwait(false);
        _fetching.Dispose();
    }

    private async Task<string?> FetchAsync(Entry entry, string reference, CancellationToken cancellationToken)
    {
        await _fetching.WaitAsync(cancellationToken).ConfigureAwait(false);
        SpooledFile? file = null;
        try
        {
            file = SpooledFile.Create();
            var problem = await fetcher.FetchAsync(reference, file.Stream, cancellationToken).ConfigureAwait(false);
            if (problem is null)
                entry.File = file;
            else
                entry.IsDone = true;
            return problem;
        }
        finally
        {
            if (entry.File is null && file is not null)
                await file.DisposeAsync().ConfigureAwait(false);
            _fetching.Release();
        }
    }

    private async Task<Entry> TakeTurnAsync(string reference, CancellationToken cancellationToken)
    {
        while (true)
        {
            var entry = Find(reference);
            await entry.Turn.WaitAsync(cancellationToken).ConfigureAwait(false);
            if (!entry.IsEnded)
                return entry;
            entry.Turn.Release();
        }
    }

    private Entry Find(string reference)
    {
        lock (_gate)
        {
            if (!_entries.TryGetValue(reference, out var entry))
                _entries[reference] = entry = new Entry { LastUsed = time.GetTimestamp() };
            return entry;
        }
    }

    /// <summary>Those that were read to their end, and those that nobody goes on with.</summary>
    private async Task ForgetAsync()
    {
        List<Entry> over = [];
        lock (_gate)
        {
            foreach (var (reference, entry) in _entries.ToArray())
            {
                // One that is being read is not over.
                if ((!entry.IsDone && time.GetElapsedTime(entry.LastUsed) < Kept) || !entry.Turn.Wait(0, CancellationToken.None))
                    continue;
                _entries.Remove(reference);
                over.Add(entry);
            }
        }
        foreach (var entry in over)
        {
            await entry.EndAsync().ConfigureAwait(false);
            entry.Turn.Release();
        }
    }

    private sealed class Entry
    {
        public SemaphoreSlim Turn { get; } = new(1, 1);

        public SpooledFile? File { get; set; }

        public long LastUsed { get; set; }

        public bool IsDone { get; set; }

        public bool IsEnded { get; private set; }

        public async ValueTask EndAsync()
        {
            IsEnded = true;
            if (File is not null)
                await File.DisposeAsync().ConfigureAwait(false);
        }
    }
}
