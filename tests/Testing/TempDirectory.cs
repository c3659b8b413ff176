namespace OpenClaw.Testing;

/// <summary>A directory of the test's own, removed with it.</summary>
public sealed class TempDirectory : IDisposable
{
    private const string MemoryFiles = "/dev/shm";

    /// <param name="inMemory">On a file system in memory where there is one: for tests that write thousands of times and are not about the disk.</param>
    public TempDirectory(bool inMemory = false)
    {
        Path = inMemory && Directory.Exists(MemoryFiles)
            ? Directory.CreateDirectory(System.IO.Path.Combine(MemoryFiles, "openclaw-test-" + Guid.NewGuid().ToString("N"))).FullName
            : Directory.CreateTempSubdirectory("openclaw-test-").FullName;
    }

    public string Path { get; }

    public string this[params string[] parts] => System.IO.Path.Combine([Path, .. parts]);

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // A child process of the test may still hold a file; the system's temp cleaner takes the rest.
        }
    }
}
