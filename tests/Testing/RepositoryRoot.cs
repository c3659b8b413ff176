namespace OpenClaw.Testing;

/// <summary>Finds the checkout that the running test was built from.</summary>
public static class RepositoryRoot
{
    public static string Path { get; } = Find();

    private static string Find()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(System.IO.Path.Combine(directory.FullName, "OpenClaw.Aspire.sln")))
            directory = directory.Parent;
        return directory?.FullName ?? throw new DirectoryNotFoundException("OpenClaw.Aspire.sln is in no parent of " + AppContext.BaseDirectory);
    }
}
