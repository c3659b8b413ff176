using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using OpenClaw.Gateway.Bus.InProcess;
using OpenClaw.Gateway.Bus.Redis;

namespace OpenClaw.Gateway.Bus.Hosting;

/// <summary>Chooses the bus of a service by its configuration.</summary>
public static class GatewayBusExtensions
{
    /// <summary>Name of the connection string; as a variable <c>ConnectionStrings__redis</c>.</summary>
    public const string ConnectionName = "redis";

    /// <summary>Adds the bus on Redis when there is a connection string for it, else the one inside the process.</summary>
    /// <param name="builder">The host.</param>
    /// <param name="stateDirectory">Absolute path for the queues of the bus inside the process.</param>
    /// <param name="membership">What the gateway's services have in common, see <see cref="RedisBusOptions.Membership"/>.</param>
    public static IHostApplicationBuilder AddGatewayBus(this IHostApplicationBuilder builder, string stateDirectory, string? membership = null)
    {
        if (builder.Configuration.GetConnectionString(ConnectionName) is { Length: > 0 } redis)
            builder.Services.AddRedisBus(bus => (bus.Configuration, bus.Membership) = (redis, membership));
        else
            builder.Services.AddInProcessBus(bus => bus.StateDirectory = stateDirectory);
        return builder;
    }
}
