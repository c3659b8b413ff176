using Microsoft.Win32.SafeHandles;

namespace OpenClaw.Gateway.Bus.Journal;

internal sealed class DiskJournalStorage : IJournalStorage
{
    public IReadOnlyList<string> List(string directory) => Do(() =>
    {
        if (!Directory.Exists(directory))
        {
            DurableFile.CreateDirectory(directory);
            DiskSync.Directory(Path.GetDirectoryName(directory)!);
        }
        return Directory.EnumerateFiles(directory).Select(path => Path.GetFileName(path)!).ToList();
    });

    public IJournalFile Create(string path, long size) => Do(() =>
    {
        var options = DurableFile.Options(FileMode.CreateNew, FileAccess.ReadWrite);
        options.PreallocationSize = size;
        var stream = new FileStream(path, options);
        try
        {
            // Within the allocation: later writes neither look for room nor move the end of the file, which keeps a
            // sync to one write of the disk.
            stream.SetLength(size);
            return new DiskJournalFile(stream);
        }
        catch
        {
            stream.Dispose();
            File.Delete(path);
            throw;
        }
    });

    public IJournalFile Open(string path) => Do(() => new DiskJournalFile(new FileStream(path, DurableFile.Options(FileMode.Open, FileAccess.ReadWrite))));

    public void Delete(string path) => Do(() =>
    {
        File.Delete(path);
        return true;
    });

    public void Move(string path, string target) => Do(() =>
    {
        DurableFile.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Move(path, target, overwrite: true);
        return true;
    });

    public void SyncDirectory(string directory) => DiskSync.Directory(directory);

    private static T Do<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (UnauthorizedAccessException exception)
        {
            // A read-only disk is as temporary as a full one.
            throw new IOException(exception.Message, exception);
        }
    }

    private sealed class DiskJournalFile(FileStream stream) : IJournalFile
    {
        private readonly SafeFileHandle _handle = stream.SafeFileHandle;

        public long Length => RandomAccess.GetLength(_handle);

        public int Read(Span<byte> target, long offset)
        {
            var total = 0;
            while (total < target.Length && RandomAccess.Read(_handle, target[total..], offset + total) is > 0 and var read)
                total += read;
            return total;
        }

        public void Write(IReadOnlyList<ReadOnlyMemory<byte>> buffers, long offset) => RandomAccess.Write(_handle, buffers, offset);

        public void Sync() => DiskSync.File(_handle);

        public void SetLength(long length) => RandomAccess.SetLength(_handle, length);

        public void Dispose()
        {
            _handle.Dispose();
            stream.Dispose();
        }
    }
}
