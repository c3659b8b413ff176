using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Gateway.Core.Agents.Tools;
using OpenClaw.Gateway.Core.Http.Hooks;

namespace OpenClaw.Gateway.Core.Cron;

/// <summary>Adds jobs that run by the clock.</summary>
internal static class CronServices
{
    public static IServiceCollection AddCron(this IServiceCollection services)
    {
        services.AddSingleton<CronSettings>();
        services.AddSingleton<CronStore>();
        services.AddSingleton<CronRunLog>();
        services.AddSingleton<CronJobs>();
        services.AddSingleton<CronRuns>();
        services.AddSingleton<CronTurns>();
        services.AddSingleton<CronDelivery>();
        services.AddSingleton<CronRunner>();
        services.AddSingleton<IAgentToolSource>(static provider => ActivatorUtilities.CreateInstance<CronTools>(provider, new Lazy<HookIntake>(provider.GetRequiredService<HookIntake>)));
        // After the queue of messages: it stops first.
        services.AddHostedService<CronScheduler>();
        return services;
    }
}
