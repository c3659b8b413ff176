using Microsoft.Extensions.Hosting;
using OpenClaw.Gateway.Core.Lifetime;

namespace OpenClaw.Gateway.Core.Services;

/// <summary>When the host stops by itself (SIGTERM), clients are told before the server stops listening to them.</summary>
internal sealed class OrderlyStop(GatewayLifetime lifetime) : IHostedLifecycleService
{
    public Task StoppingAsync(CancellationToken cancellationToken) => lifetime.StopAsync(StopKind.Stop).WaitAsync(cancellationToken);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
