using System.Globalization;
using System.Runtime;
using OpenClaw.Gateway.Core.Configuration;

namespace OpenClaw.Cli.Startup;

/// <summary>
/// Remembers what had to be compiled when a gateway started, so that its next start has it compiled on another processor while it reads its
/// configuration (the runtime's multicore JIT). It is a hint only: one of another version, a damaged one or none costs that time and nothing else.
/// </summary>
/// <remarks>
/// The runtime writes to where it read, at the latest when the process ends, and cannot be told not to. So it works on a copy in a directory of
/// this process: a start that is refused takes that away, and one that worked puts what was written in the place of the old.
/// </remarks>
internal sealed class StartupProfile(GatewayEnvironment environment)
{
    /// <summary>Below the state directory: what can be made again.</summary>
    public const string Cache = "cache";

    private const string FileName = "gateway.startup";
    private const string OwnPrefix = "start-";

    private string CacheDirectory => Path.Combine(environment.StateDirectory, Cache);

    private string Kept => Path.Combine(CacheDirectory, FileName);

    private string OwnDirectory => Path.Combine(CacheDirectory, OwnPrefix + Environment.ProcessId.ToString(CultureInfo.InvariantCulture));

    private string Own => Path.Combine(OwnDirectory, FileName);

    /// <summary>Whether a name below <see cref="Cache"/> is one of these.</summary>
    public static bool IsName(string name) => name == FileName || name.StartsWith(OwnPrefix, StringComparison.Ordinal);

    /// <summary>Begins to compile what the last start needed, and to remember what this one needs.</summary>
    public void Begin() => Try(() =>
    {
        if (File.Exists(Kept))
        {
            MakePlace();
            File.Copy(Kept, Own, overwrite: true);
        }
        ProfileOptimization.SetProfileRoot(OwnDirectory);
        ProfileOptimization.StartProfile(FileName);
    });

    /// <summary>This start is not refused any more: makes the place for what it needs, and takes away what was left by one that was killed.</summary>
    public void Keep() => Try(() =>
    {
        MakePlace();
        foreach (var left in Directory.EnumerateDirectories(CacheDirectory, OwnPrefix + "*").Where(path => path != OwnDirectory))
            Directory.Delete(left, recursive: true);
    });

    /// <summary>Ends the remembering, and keeps what was seen for the next start.</summary>
    public void Write() => Try(() =>
    {
        ProfileOptimization.StartProfile(null);
        if (!Directory.Exists(OwnDirectory))
            return;
        if (File.Exists(Own))
            File.Move(Own, Kept, overwrite: true);
        Directory.Delete(OwnDirectory, recursive: true);
    });

    /// <summary>Forgets what was seen, if it was not written: a start that was refused, or ended at once, tells nothing about the next.</summary>
    public void Discard() => Try(() =>
    {
        if (Directory.Exists(OwnDirectory))
            Directory.Delete(OwnDirectory, recursive: true);
    });

    private void MakePlace()
    {
        PrivateDirectory.Create(CacheDirectory);
        PrivateDirectory.Create(OwnDirectory);
    }

    private static void Try(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Then the next start is as slow as the first one was.
        }
    }
}
