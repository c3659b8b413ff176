using OpenClaw.Gateway.Bus.Journal;

namespace OpenClaw.Gateway.Bus.Tests.Journal;

/// <summary>
/// A disk under a machine that stops at a chosen operation. A kill of the process leaves what was written so far, half
/// of the last write included. A power failure also takes back, sector by sector and name by name as chance has it,
/// what was not synced. Afterwards every operation fails, as nobody is there any more to do it.
/// </summary>
internal sealed class CrashingStorage(int crashAt, bool losesPower, Random chance) : IJournalStorage
{
    private const int Sector = 512;

    private readonly DiskJournalStorage _disk = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<string, byte[]> _syncedContents = [];
    private Dictionary<string, bool> _syncedNames = [];
    private readonly Dictionary<string, byte[]> _deleted = [];
    private int _operations;

    public bool HasCrashed { get; private set; }

    public IReadOnlyList<string> List(string directory) => _disk.List(directory);

    public IJournalFile Create(string path, long size) => Do(() => (IJournalFile)new CrashingFile(this, path, _disk.Create(path, size)));

    public IJournalFile Open(string path) => new CrashingFile(this, path, _disk.Open(path));

    public void Delete(string path) => Do(() =>
    {
        _deleted[path] = _syncedContents.GetValueOrDefault(path) ?? [];
        _disk.Delete(path);
        return true;
    });

    public void Move(string path, string target) => Do(() =>
    {
        _disk.Move(path, target);
        return true;
    });

    public void SyncDirectory(string directory) => Do(() =>
    {
        _syncedNames = Directory.EnumerateFiles(directory).ToDictionary(f => f, _ => true);
        _deleted.Clear();
        return true;
    });

    private int Next(int below) => chance.Next(below);

    private T Do<T>(Func<T> operation, Action? half = null)
    {
        lock (_gate)
        {
            if (!HasCrashed && ++_operations < crashAt)
                return operation();
            if (!HasCrashed)
            {
                HasCrashed = true;
                half?.Invoke();
                if (losesPower)
                    LosePower();
            }
            throw new IOException("The machine is off");
        }
    }

    private void LosePower()
    {
        foreach (var (path, synced) in _syncedContents)
        {
            if (File.Exists(path))
                File.WriteAllBytes(path, Mix(synced, File.ReadAllBytes(path)));
        }
        foreach (var (path, content) in _deleted)
        {
            if (chance.Next(2) == 0)
                File.WriteAllBytes(path, content);
        }
        foreach (var path in _syncedContents.Keys.Where(p => File.Exists(p) && !_syncedNames.ContainsKey(p) && !_deleted.ContainsKey(p)))
        {
            if (chance.Next(2) == 0)
                File.Delete(path);
        }
    }

    private byte[] Mix(byte[] synced, byte[] written)
    {
        var mixed = new byte[chance.Next(2) == 0 ? synced.Length : written.Length];
        for (var i = 0; i < mixed.Length; i += Sector)
        {
            var source = chance.Next(2) == 0 || i >= synced.Length ? written : synced;
            var length = Math.Min(Sector, Math.Min(mixed.Length, source.Length) - i);
            if (length > 0)
                source.AsSpan(i, length).CopyTo(mixed.AsSpan(i));
        }
        return mixed;
    }

    private sealed class CrashingFile : IJournalFile
    {
        private readonly CrashingStorage _owner;
        private readonly string _path;
        private readonly IJournalFile _file;

        public CrashingFile(CrashingStorage owner, string path, IJournalFile file)
        {
            (_owner, _path, _file) = (owner, path, file);
            lock (owner._gate)
                owner._syncedContents.TryAdd(path, File.ReadAllBytes(path));
        }

        public long Length => _file.Length;

        public int Read(Span<byte> target, long offset) => _file.Read(target, offset);

        public void Write(IReadOnlyList<ReadOnlyMemory<byte>> buffers, long offset)
        {
            var bytes = buffers.SelectMany(b => b.ToArray()).ToArray();
            _owner.Do(
                () =>
                {
                    _file.Write([bytes], offset);
                    return true;
                },
                half: () => _file.Write([bytes.AsMemory(0, _owner.Next(bytes.Length + 1))], offset));
        }

        public void Sync() => _owner.Do(() =>
        {
            _owner._syncedContents[_path] = File.ReadAllBytes(_path);
            return true;
        });

        public void SetLength(long length) => _owner.Do(() =>
        {
            _file.SetLength(length);
            return true;
        });

        public void Dispose() => _file.Dispose();
    }
}
