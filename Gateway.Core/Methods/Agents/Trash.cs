using System.Globalization;
using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Storage;

namespace OpenClaw.Gateway.Core.Methods.Agents;

/// <summary>The user's trash, <c>~/.Trash</c>: directories are moved there instead of being deleted.</summary>
internal sealed partial class Trash(GatewayEnvironment environment, TimeProvider time, ILogger<Trash> logger)
{
    /// <summary>Moves a directory away. One that holds, or is, something that is needed stays, and so does one on another disk.</summary>
    /// <param name="directory">Absolute path.</param>
    /// <param name="needed">Directories that must not go.</param>
    public bool TryTake(string directory, IEnumerable<string> needed)
    {
        try
        {
            var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
            if (!Directory.Exists(path))
                return false;
            if (needed.Any(other => Holds(path, other)))
            {
                LogKept(logger, path);
                return false;
            }
            var trash = Path.Combine(environment.HomeDirectory, ".Trash");
            AtomicFile.CreateDirectory(trash);
            var stamp = time.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
            Directory.Move(path, Path.Combine(trash, $"{Path.GetFileName(path)}-{stamp}-{Guid.NewGuid().ToString("N")[..6]}"));
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotMoved(logger, e, directory);
            return false;
        }
    }

    private static bool Holds(string path, string other)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(other));
        return full == path || full.StartsWith(path + Path.DirectorySeparatorChar, StringComparison.Ordinal);
    }

    [LoggerMessage(1241, LogLevel.Warning, "{Path} stays: it is needed for more than the agent that is gone.")]
    private static partial void LogKept(ILogger logger, string path);

    [LoggerMessage(1242, LogLevel.Warning, "{Path} could not be moved to the trash.")]
    private static partial void LogNotMoved(ILogger logger, Exception exception, string path);
}
