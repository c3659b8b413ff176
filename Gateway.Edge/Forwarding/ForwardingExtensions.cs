using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Edge.Destinations;
using OpenClaw.Gateway.Edge.Settings;
using OpenClaw.Gateway.Edge.WebSockets;
using OpenClaw.ServiceDefaults.Discovery;
using OpenClaw.ServiceDefaults.Health;
using OpenClaw.ServiceDefaults.Trust;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Transforms;

namespace OpenClaw.Gateway.Edge.Forwarding;

/// <summary>Forwards to services in other processes. Only the distributed composition adds this.</summary>
public static class ForwardingExtensions
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(2);

    /// <summary>Adds the forwarder for the services whose addresses are configured.</summary>
    /// <param name="builder">The host, with service defaults and the edge added.</param>
    /// <exception cref="InvalidOperationException">The core has no address, or a variable holds none.</exception>
    public static IHostApplicationBuilder AddForwarding(this IHostApplicationBuilder builder)
    {
        var services = new Dictionary<string, IReadOnlyList<Uri>>(StringComparer.Ordinal);
        foreach (var name in (string[])[RouteTable.Core, RouteTable.Canvas, RouteTable.Telegram])
        {
            if (ServiceAddresses.Of(builder.Configuration, name) is { Count: > 0 } addresses)
                services[name] = addresses;
        }
        if (!services.ContainsKey(RouteTable.Core))
            throw new InvalidOperationException("The edge needs the address of at least one core in services__core__http__0.");
        builder.Services.AddSingleton<RelayedConnections>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<RelayedConnections>());
        builder.Services.AddSingleton<IProxyConfigProvider>(provider => new RouteSource(provider.GetRequiredService<EdgeSettingsStore>(), services));
        builder.Services.AddSingleton<IReadinessCheck, ServiceReadiness>();
        builder.Services.AddSingleton<IReadinessCheck, BusReadiness>();
        builder.Services.AddSingleton<Outages>();
        builder.Services.AddSingleton<ProbePolicy>();
        builder.Services.AddSingleton<IActiveHealthCheckPolicy>(provider => provider.GetRequiredService<ProbePolicy>());
        builder.Services.AddSingleton<IProbingRequestFactory, ProbeRequests>();
        builder.Services.AddReverseProxy()
            .ConfigureHttpClient(static (_, handler) =>
            {
                handler.ConnectTimeout = ConnectTimeout;
                // As the server reads them; in ASCII one umlaut in a cookie would make the request one that cannot be forwarded.
                handler.RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8;
            })
            .AddTransforms(static transforms =>
            {
                transforms.UseDefaultForwarders = false;
                transforms.CopyRequestHeaders = true;
                transforms.AddOriginalHost();
                transforms.RequestTransforms.Add(new OriginTransform(
                    transforms.Services.GetRequiredService<EdgeSettingsStore>(),
                    transforms.Services.GetRequiredService<ServiceSecret>(),
                    transforms.Services.GetRequiredService<TimeProvider>()));
            });
        // For session affinity, which nothing here uses; it would write keys into the user's home at every first start.
        foreach (var keys in builder.Services.Where(static service => service.ImplementationType?.Name == "DataProtectionHostedService").ToArray())
            builder.Services.Remove(keys);
        // One line per request, and one per probe of a service that is away, would be all that the log is.
        builder.Logging.AddFilter("Yarp", LogLevel.Warning);
        builder.Logging.AddFilter("Yarp.ReverseProxy.Health", LogLevel.Error);
        // One stack for each connection that a dying service takes along; our own lines say what counts.
        builder.Logging.AddFilter("Yarp.ReverseProxy.Forwarder", LogLevel.Error);
        return builder;
    }

    /// <summary>Forwards what the route table gives to other services; the rest passes on.</summary>
    /// <param name="app">The pipeline.</param>
    public static WebApplication UseForwarding(this WebApplication app)
    {
        var relay = ActivatorUtilities.CreateInstance<WebSocketRelay>(app.Services);
        var errors = ActivatorUtilities.CreateInstance<ForwardingErrors>(app.Services);
        var failover = new Failover();
        var attempt = ActivatorUtilities.CreateInstance<Attempt>(app.Services);
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.Zero });
        app.UseRouting();
#pragma warning disable ASP0014 // Not at the end of the pipeline: what no route matches goes on to the page.
        app.UseEndpoints(endpoints => endpoints.MapReverseProxy(proxy =>
        {
            proxy.Use(next => context => errors.InvokeAsync(context, next));
            proxy.Use(next => context => relay.InvokeAsync(context, next));
            proxy.Use(next => context => failover.InvokeAsync(context, next));
            proxy.UseLoadBalancing();
            proxy.Use(next => context => attempt.InvokeAsync(context, next));
        }));
#pragma warning restore ASP0014
        return app;
    }
}
