using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Bus.InProcess;
using OpenClaw.Gateway.Core.Hosting;
using OpenClaw.Gateway.Edge.Hosting;
using OpenClaw.ServiceDefaults;

namespace OpenClaw.Cli.Hosting;

/// <summary>The all-in-one gateway: every module in one process, the bus in memory, its queue in the state directory.</summary>
internal static class GatewayHost
{
    public static WebApplication Build(GatewayHostOptions options)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "openclaw-gateway" });
        builder.Services.AddSingleton<ILoggerFactory>(new HostLoggerFactory(options.LoggerFactory));
        builder.Services.Add(ServiceDescriptor.Singleton(typeof(ILogger<>), typeof(Logger<>)));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = DrainBudget.Total);
        builder.Services.AddSingleton<IHostLifetime, OwnedLifetime>();
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, options));
        builder.Services.AddInProcessBus(bus => bus.StateDirectory = Path.Combine(options.Core.Environment.StateDirectory, "queue"));
        builder.AddGatewayCore(options.Core);

        var app = builder.Build();
        app.MapGatewayCore();
        app.MapGatewayEdge();
        return app;
    }

    private static void Configure(KestrelServerOptions kestrel, GatewayHostOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = null;
        kestrel.Limits.MaxConcurrentUpgradedConnections = null;
        foreach (var address in options.Addresses)
            kestrel.Listen(address, options.Port);
    }

    /// <summary>The addresses of loopback: IPv4, and IPv6 where this machine has it.</summary>
    public static IReadOnlyList<IPAddress> LoopbackAddresses(int port)
    {
        if (!Socket.OSSupportsIPv6)
            return [IPAddress.Loopback];
        try
        {
            using var probe = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp);
            probe.Bind(new IPEndPoint(IPAddress.IPv6Loopback, port));
            return [IPAddress.Loopback, IPAddress.IPv6Loopback];
        }
        catch (SocketException)
        {
            return [IPAddress.Loopback];
        }
    }
}

/// <summary>What <see cref="GatewayHost"/> needs to know.</summary>
internal sealed record GatewayHostOptions
{
    public required GatewayCoreOptions Core { get; init; }

    public required ILoggerFactory LoggerFactory { get; init; }

    public required IReadOnlyList<IPAddress> Addresses { get; init; }

    public required int Port { get; init; }

    /// <summary>Whether a SIGUSR1 of somebody else may restart the gateway; asked when it comes.</summary>
    public required Func<bool> MayRestart { get; init; }
}
