using OpenClaw.Gateway.Core.Sessions.Keys;
using OpenClaw.Gateway.Core.Sessions.Locking;
using OpenClaw.Gateway.Core.Storage;

namespace OpenClaw.Gateway.Core.Sessions.Store;

/// <summary>
/// One sessions.json. Reads are served from memory as long as the file's time and size stand still. Changes that arrive
/// while a write is under way share the next one; each is on disk when its task completes. The cross-process lock is
/// held from reading to renaming, so a peer on the same dir loses nothing either. A file of many sessions takes long to write: the
/// next write then waits as long as the last one took, so that more changes share it and the disk has time for others.
/// </summary>
internal sealed class SessionStoreFile(string path, SessionTableLoader loader, LockFiles locks) : IAsyncDisposable
{
    private static readonly TimeSpan ShortWrite = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _loading = new(1, 1);
    private List<PendingChange> _pending = [];
    private List<PendingChange> _writing = [];
    private Task _committing = Task.CompletedTask;
    private bool _disposed;
    private (long Since, TimeSpan Length) _pause;
    private volatile LoadedTable? _loaded;

    /// <summary>What is just taking the file's place. It is the newest as soon as it has; that it is safe on disk takes longer, and who reads meanwhile need not parse it.</summary>
    private volatile LoadedTable? _saving;

    private volatile StoreIncident? _incident;

    public string Path { get; } = path;

    /// <summary>The last unreadable file that was met; null when all is well.</summary>
    public StoreIncident? Incident => _incident;

    /// <summary>The entries as they are on disk now.</summary>
    /// <exception cref="IOException">The file is there but cannot be opened.</exception>
    public async ValueTask<SessionTable> ReadAsync(SessionKeyRules rules, CancellationToken cancellationToken)
    {
        if (Current(rules) is { } current)
            return current.Table;

        await _loading.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (Current(rules) is { } other)
                return other.Table;
            return (await LoadAsync(rules, mayMoveAside: false, cancellationToken).ConfigureAwait(false)).Table;
        }
        finally
        {
            _loading.Release();
        }
    }

    /// <summary>
    /// Runs <paramref name="change"/> on the newest entries and stores the outcome. It must be quick: it runs under the
    /// lock, together with the changes of other callers. Cancelling stops the wait; the change may still be stored.
    /// </summary>
    /// <exception cref="LockTimeoutException">Another process kept the lock for ten seconds; nothing was changed.</exception>
    /// <exception cref="IOException">The disk refused; nothing was changed.</exception>
    public Task<T> UpdateAsync<T>(SessionKeyRules rules, SessionKey? only, Func<SessionTableEditor, T> change, CancellationToken cancellationToken)
    {
        var pending = new PendingChange<T>(rules, only, change);
        Add(pending);
        return pending.Done.WaitAsync(cancellationToken);
    }

    /// <summary>No change that was begun is missing from what <see cref="ReadAsync"/> returns about this session.</summary>
    public bool IsSettled(SessionKey key)
    {
        lock (_gate)
            return !_pending.Exists(change => change.IsAbout(key)) && !_writing.Exists(change => change.IsAbout(key));
    }

    /// <summary>Runs <paramref name="change"/>, which must not throw, with the next write. A write that fails forgets it.</summary>
    public void Note(SessionKeyRules rules, Action<SessionTableEditor> change) => Add(new PendingNote(rules, change));

    /// <summary>Waits for the changes that were accepted.</summary>
    public async ValueTask DisposeAsync()
    {
        Task committing;
        lock (_gate)
        {
            _disposed = true;
            committing = _committing;
        }
        await committing.ConfigureAwait(false);
        _loading.Dispose();
    }

    private void Add(PendingChange pending)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _pending.Add(pending);
            if (_committing.IsCompleted)
                _committing = Task.Run(CommitAllAsync, CancellationToken.None);
        }
    }

    private async Task CommitAllAsync()
    {
        while (true)
        {
            await PauseAsync().ConfigureAwait(false);
            List<PendingChange> batch;
            lock (_gate)
            {
                _writing = [];
                if (_pending.Count == 0)
                {
                    _committing = Task.CompletedTask;
                    return;
                }
                batch = _writing = _pending;
                _pending = [];
            }

            // The disk's time is real time, whatever clock the gateway goes by.
            var began = TimeProvider.System.GetTimestamp();
            var failure = (Exception?)null;
            try
            {
                await CommitAsync(batch).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                failure = e;
            }
            foreach (var change in batch)
                change.Complete(failure);
            var took = TimeProvider.System.GetElapsedTime(began);
            _pause = (TimeProvider.System.GetTimestamp(), took < ShortWrite ? TimeSpan.Zero : took < LongestPause ? took : LongestPause);
        }
    }

    private Task PauseAsync()
    {
        var left = _pause.Length - TimeProvider.System.GetElapsedTime(_pause.Since);
        return left > TimeSpan.Zero ? Task.Delay(left, TimeProvider.System, CancellationToken.None) : Task.CompletedTask;
    }

    private async Task CommitAsync(List<PendingChange> batch)
    {
        var rules = batch[^1].Rules;
        using var held = await locks.AcquireAsync(LockFileKind.Store, Path, CancellationToken.None).ConfigureAwait(false);

        // A table that was read without the lock may stand for a broken file that only now may be moved away.
        var loaded = _loaded is { Incident: null } current && current.IsCurrent(FileStamp.Of(Path), rules)
            ? current
            : await LoadAsync(rules, mayMoveAside: true, CancellationToken.None).ConfigureAwait(false);

        var editor = new SessionTableEditor(loaded.Table);
        foreach (var change in batch)
            change.Apply(editor);
        if (!editor.Changed && loaded.Incident is null)
            return;

        var table = editor.Build();
        var saved = default(LoadedTable);
        await loader.SaveAsync(
            Path, table, oldIsGood: loaded.Incident is null, replacing: stamp => _saving = saved = new LoadedTable(table, rules, stamp, Incident: null), CancellationToken.None).ConfigureAwait(false);
        _loaded = saved;
    }

    private LoadedTable? Current(SessionKeyRules rules)
    {
        var stamp = FileStamp.Of(Path);
        if (_loaded is { } loaded && loaded.IsCurrent(stamp, rules))
            return loaded;
        return _saving is { } saving && saving.IsCurrent(stamp, rules) ? saving : null;
    }

    private async Task<LoadedTable> LoadAsync(SessionKeyRules rules, bool mayMoveAside, CancellationToken cancellationToken)
    {
        var loaded = await loader.LoadAsync(Path, rules, mayMoveAside, cancellationToken).ConfigureAwait(false);
        _incident = loaded.Incident ?? _incident;
        _loaded = loaded;
        return loaded;
    }
}
