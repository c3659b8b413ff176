using Microsoft.Extensions.Hosting;

namespace OpenClaw.Gateway.Edge.Hosting;

/// <summary>
/// A directory of this process's own for a bus that is inside it, gone with the process. The edge has no queues, so nothing of worth is
/// there. A hosted service, so that the services make it before the bus and dispose it after the bus.
/// </summary>
internal sealed class ScratchDirectory : IHostedService, IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("openclaw-edge-").FullName;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        if (Directory.Exists(Path))
            Directory.Delete(Path, recursive: true);
    }
}
