using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace OpenClaw.Gateway.Bus.Redis;

/// <summary>Registers the bus on Redis.</summary>
public static class RedisBusServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="IBus"/> for a gateway that is many processes. The host connects it before other hosted services
    /// start, and does not wait for it; without a host it connects when it is first used, and is closed with the
    /// service provider.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets at least <see cref="RedisBusOptions.Configuration"/>, here or by other means of options.</param>
    public static IServiceCollection AddRedisBus(this IServiceCollection services, Action<RedisBusOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddLogging();
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RedisBusOptions>, RedisBusOptionsValidator>());
        var options = services.AddOptions<RedisBusOptions>().ValidateOnStart();
        if (configure is not null)
            options.Configure(configure);
        options.PostConfigure(SeparateDatabases);
        services.TryAddSingleton<BusMetrics>();
        services.TryAddSingleton<RedisBus>();
        services.TryAddSingleton<IBus>(provider => provider.GetRequiredService<RedisBus>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, RedisBusLifetime>());
        return services;
    }

    private static void SeparateDatabases(RedisBusOptions options)
    {
        if (RedisClientConfiguration.DatabaseOf(options.Configuration) is > 0 and var database)
            options.KeyPrefix += FormattableString.Invariant($"db{database}:");
    }
}
