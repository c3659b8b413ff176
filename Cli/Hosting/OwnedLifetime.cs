using Microsoft.Extensions.Hosting;

namespace OpenClaw.Cli.Hosting;

/// <summary>
/// The host starts and stops when the run loop says so. The default lifetime would take SIGTERM for itself and stop the server
/// before the clients were told.
/// </summary>
internal sealed class OwnedLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
