using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenClaw.Channels.Telegram.Hosting;
using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Bus.InProcess;
using OpenClaw.Gateway.Core.Hosting;
using OpenClaw.Gateway.Core.Lifetime;
using OpenClaw.Gateway.Core.Updates;
using OpenClaw.Gateway.Edge.Hosting;
using OpenClaw.ServiceDefaults;
using OpenClaw.ServiceDefaults.Health;
using OpenClaw.ServiceDefaults.Hosting;
using OpenClaw.ServiceDefaults.Telemetry;

namespace OpenClaw.Cli.Hosting;

/// <summary>The all-in-one gateway: every module in one process, the bus in memory, its queue in the state directory.</summary>
internal static class GatewayHost
{
    public static WebApplication Build(GatewayHostOptions options)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "openclaw-gateway" });
        AddLogging(builder, options);
        builder.Services.Add(ServiceDescriptor.Singleton(typeof(ILogger<>), typeof(Logger<>)));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = DrainBudget.Total);
        builder.Services.AddSingleton<IHostLifetime, OwnedLifetime>();
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, options));
        builder.Services.AddInProcessBus(bus => bus.StateDirectory = Path.Combine(options.Core.Environment.StateDirectory, "queue"));
        builder.AddGatewayCore(options.Core);
        builder.Services.AddSingleton<IProgramUpdate>(provider => new ChildUpdate(Environment.ProcessPath, options.Core.Environment.Variables, provider.GetRequiredService<TimeProvider>()));
        builder.AddGatewayEdge();
        builder.AddTelegramChannel(options.Core.Environment.StateDirectory);
        builder.Services.AddSingleton(new StartupProfile(options.Core.Environment));
        builder.Services.AddHostedService<StartupSettling>();

        var app = builder.Build();
        app.UseServiceHealth();
        app.UseGatewayEdge();
        app.MapGatewayCore();
        app.MapGatewayEdge();
        return app;
    }

    /// <summary>The gateway's own logs, and telemetry beside them when the variables ask for it.</summary>
    private static void AddLogging(WebApplicationBuilder builder, GatewayHostOptions options)
    {
        var variables = options.Core.Environment.Variables;
        var logs = new HostLoggerFactory(options.LoggerFactory);
        if (builder.AddTelemetry("gateway", variables.GetValueOrDefault(TelemetryExtensions.EndpointVariable), variables.GetValueOrDefault("OTEL_SERVICE_NAME")))
        {
            builder.Services.AddSingleton<ILoggerFactory>(provider => new LoggerFactory(
                [new FactoryLoggerProvider(logs), .. provider.GetServices<ILoggerProvider>()],
                new LoggerFilterOptions { MinLevel = LogLevel.Information, Rules = { new LoggerFilterRule(typeof(FactoryLoggerProvider).FullName, null, LogLevel.Trace, null) } }));
        }
        else
        {
            builder.Services.AddSingleton<ILoggerFactory>(logs);
        }
    }

    private static void Configure(KestrelServerOptions kestrel, GatewayHostOptions options)
    {
        kestrel.Harden();
        kestrel.Limits.MaxConcurrentConnections = null;
        kestrel.Limits.MaxConcurrentUpgradedConnections = null;
        foreach (var address in options.Addresses)
            kestrel.Listen(address, options.Port, listen =>
            {
                if (options.Certificate is { } certificate)
                {
                    // What follows speaks HTTP/1.1 upgrades.
                    listen.Protocols = HttpProtocols.Http1;
                    listen.UseHttps(new HttpsConnectionAdapterOptions { ServerCertificate = certificate });
                }
            });
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

    /// <summary>Certificate to serve TLS with; null for plain HTTP.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>What a WebSocket address of this gateway starts with.</summary>
    public string Scheme => Certificate is null ? "ws" : "wss";

    /// <summary>Told when an end was asked for: whatever follows is no crash.</summary>
    public Action<StopKind> Stopping { get; init; } = static _ => { };

    /// <summary>Whether a SIGUSR1 of somebody else may restart the gateway; asked when it comes.</summary>
    public required Func<bool> MayRestart { get; init; }
}
