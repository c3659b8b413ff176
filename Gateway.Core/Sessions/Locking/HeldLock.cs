namespace OpenClaw.Gateway.Core.Sessions.Locking;

/// <summary>A lock file of ours; disposing removes it, unless somebody else took the lock over in the meantime.</summary>
internal sealed class HeldLock(string path, byte[] content) : IDisposable
{
    public string Path { get; } = path;

    public void Dispose()
    {
        try
        {
            if (File.ReadAllBytes(Path).AsSpan().SequenceEqual(content))
                File.Delete(Path);
        }
        catch (FileNotFoundException)
        {
            // Taken over and released by another process: it is no longer ours to remove.
        }
        catch (DirectoryNotFoundException)
        {
            // The sessions directory was removed while we worked in it.
        }
    }
}
