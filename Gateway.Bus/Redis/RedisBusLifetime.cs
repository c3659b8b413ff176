using Microsoft.Extensions.Hosting;

namespace OpenClaw.Gateway.Bus.Redis;

/// <summary>Begins to connect before any other hosted service starts, and closes the bus after the last has stopped. A Redis that is down keeps nobody from starting.</summary>
internal sealed class RedisBusLifetime(RedisBus bus) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        bus.Start();
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppedAsync(CancellationToken cancellationToken) => await bus.DisposeAsync().ConfigureAwait(false);
}
