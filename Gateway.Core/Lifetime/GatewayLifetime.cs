using Microsoft.Extensions.Hosting;
using OpenClaw.Gateway.Core.Connections;

namespace OpenClaw.Gateway.Core.Lifetime;

/// <summary>Why the gateway is going down.</summary>
public enum StopKind
{
    /// <summary>The process ends.</summary>
    Stop,

    /// <summary>The gateway comes back in the same process.</summary>
    Restart,
}

/// <summary>Stops the gateway in order: clients are told and closed first, then the work in flight is drained by the host's services.</summary>
public sealed class GatewayLifetime
{
    /// <summary>When clients may expect a restarted gateway to answer, as the peer announces it.</summary>
    private const long RestartExpectedMs = 1500;

    private readonly ConnectionLifecycle _connections;
    private readonly IHostApplicationLifetime _host;
    private int _stopping;

    internal GatewayLifetime(ConnectionLifecycle connections, IHostApplicationLifetime host)
    {
        _connections = connections;
        _host = host;
    }

    /// <summary>What the stop in progress is; null while running.</summary>
    public StopKind? Stopping { get; private set; }

    /// <summary>Starts stopping; a second call changes nothing.</summary>
    /// <param name="kind">Whether the gateway comes back.</param>
    public async Task StopAsync(StopKind kind)
    {
        if (Interlocked.Exchange(ref _stopping, 1) != 0)
            return;
        Stopping = kind;
        var restarting = kind is StopKind.Restart;
        await _connections.ShutdownAsync(restarting ? "gateway restarting" : "gateway stopping", restarting ? RestartExpectedMs : null).ConfigureAwait(false);
        _host.StopApplication();
    }
}
