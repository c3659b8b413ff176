using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Gateway.Core.Dispatch;

namespace OpenClaw.Gateway.Core.Methods.Config;

/// <summary>Adds the methods that show and change the configuration.</summary>
internal static class ConfigMethods
{
    public static IServiceCollection AddConfigMethods(this IServiceCollection services)
    {
        services.AddSingleton<ConfigChanges>();
        services.AddSingleton<GatewayMethod, ConfigGetMethod>();
        services.AddSingleton<GatewayMethod, ConfigSetMethod>();
        services.AddSingleton<GatewayMethod, ConfigApplyMethod>();
        services.AddSingleton<GatewayMethod, ConfigPatchMethod>();
        services.AddSingleton<GatewayMethod, ConfigSchemaMethod>();
        return services;
    }
}
