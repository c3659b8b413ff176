using Microsoft.Extensions.Hosting;

namespace OpenClaw.Gateway.Bus.InProcess;

/// <summary>Opens the bus before any other hosted service starts, and closes it after the last has stopped.</summary>
internal sealed class InProcessBusLifetime(InProcessBus bus) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.Run(bus.Open, cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppedAsync(CancellationToken cancellationToken) => await bus.DisposeAsync().ConfigureAwait(false);
}
