using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace OpenClaw.Gateway.Bus.InProcess;

/// <summary>Registers the in-process bus.</summary>
public static class InProcessBusServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="IBus"/> for a gateway that is one process. The host opens it before other hosted services start;
    /// without a host it opens itself when it is first used, and is closed with the service provider.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets at least <see cref="InProcessBusOptions.StateDirectory"/>, here or by other means of options.</param>
    public static IServiceCollection AddInProcessBus(this IServiceCollection services, Action<InProcessBusOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddLogging();
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<InProcessBusOptions>, InProcessBusOptionsValidator>());
        var options = services.AddOptions<InProcessBusOptions>().ValidateOnStart();
        if (configure is not null)
            options.Configure(configure);
        services.TryAddSingleton<BusMetrics>();
        services.TryAddSingleton<InProcessBus>();
        services.TryAddSingleton<IBus>(provider => provider.GetRequiredService<InProcessBus>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, InProcessBusLifetime>());
        return services;
    }
}
