using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;
using OpenClaw.Cli.Startup;

namespace OpenClaw.Cli.Hosting;

/// <summary>
/// When the start is over: keeps what it had to compile for the next one, and gives back the memory that it used and nothing uses any more, which
/// would be kept until there is work, and on most days there is little.
/// </summary>
internal sealed partial class StartupSettling(StartupProfile profile, TimeProvider time) : BackgroundService
{
    /// <summary>How long after the start; by then clients and channels have connected.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Delay(Settled, time, stoppingToken).ConfigureAwait(false);
        profile.Write();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            // What the compiler of the runtime took.
            _ = TrimHeap(0);
        }
        catch (EntryPointNotFoundException)
        {
            // musl keeps less, and has no such call.
        }
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int TrimHeap(nuint keep);
}
