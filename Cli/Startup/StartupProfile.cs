using System.Runtime;
using OpenClaw.Gateway.Core.Configuration;

namespace OpenClaw.Cli.Startup;

/// <summary>
/// Remembers what had to be compiled when a gateway started, so that its next start has it compiled on another processor while it reads its
/// configuration (the runtime's multicore JIT). It is a hint only: one of another version, a damaged one or none costs that time and nothing else.
/// </summary>
internal sealed class StartupProfile(GatewayEnvironment environment)
{
    /// <summary>Below the state directory: what can be made again.</summary>
    public const string Cache = "cache";

    /// <summary>Its name in there.</summary>
    public const string FileName = "gateway.startup";

    private string CacheDirectory => Path.Combine(environment.StateDirectory, Cache);

    /// <summary>Begins to compile what the last start needed, and to remember what this one needs.</summary>
    public void Begin()
    {
        ProfileOptimization.SetProfileRoot(CacheDirectory);
        ProfileOptimization.StartProfile(FileName);
    }

    /// <summary>Makes the place where it is kept. A start that is refused leaves none.</summary>
    public void Keep()
    {
        try
        {
            PrivateDirectory.Create(CacheDirectory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Then the next start is as slow as this one.
        }
    }

    /// <summary>Ends the remembering and writes what was seen, if there is a place for it.</summary>
    public static void Write() => ProfileOptimization.StartProfile(null);
}
