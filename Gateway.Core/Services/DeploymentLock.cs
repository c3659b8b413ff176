using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Hosting;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Processes;

namespace OpenClaw.Gateway.Core.Services;

/// <summary>Keeps the configuration's lock file in the hands of one of a gateway's cores: the next one takes it over when that one is gone.</summary>
internal sealed class DeploymentLock(GatewayLock gatewayLock, GatewayEnvironment environment, string deployment, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>What the cores of one gateway have in common: their bus. Null without one, for a core that is alone. Holds no secret.</summary>
    public static string? NameOf(string? busConnection) =>
        string.IsNullOrEmpty(busConnection) ? null : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(busConnection)))[..16];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
                await gatewayLock.TryTakeOverAsync(environment, deployment, time, stoppingToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }
}
