namespace OpenClaw.Gateway.Core.Configuration.Writing;

/// <summary>
/// Keeps our own processes from writing the configuration at the same time. The system releases the lock when its
/// holder dies, so the empty file that stays behind means nothing.
/// </summary>
internal static class ConfigWriteLock
{
    /// <summary>A write takes milliseconds; whoever waits longer than this waits for something broken.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    /// <exception cref="IOException">Another process held it for the whole time.</exception>
    public static async Task<IDisposable> AcquireAsync(string configPath, TimeProvider time, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
                if (!OperatingSystem.IsWindows())
                    options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
                return new FileStream(configPath + ".lock", options);
            }
            catch (IOException e) when (e is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException)
                && time.GetElapsedTime(started) < Timeout)
            {
                await Task.Delay(Poll, time, cancellation).ConfigureAwait(false);
            }
        }
    }
}
