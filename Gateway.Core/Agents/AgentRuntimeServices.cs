using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OpenClaw.Gateway.Core.Agents.Models;
using OpenClaw.Gateway.Core.Agents.Options;
using OpenClaw.Gateway.Core.Agents.Prompt;
using OpenClaw.Gateway.Core.Agents.Providers;
using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Gateway.Core.Agents.Tools;
using OpenClaw.Gateway.Core.Agents.Tools.Exec;
using OpenClaw.Gateway.Core.Agents.Tools.Files;
using OpenClaw.Gateway.Core.Approvals;

namespace OpenClaw.Gateway.Core.Agents;

internal static class AgentRuntimeServices
{
    /// <summary>
    /// Adds everything that runs agent turns. The host also registers an <see cref="IAgentConfiguration"/> and an
    /// <see cref="ISessionTranscripts"/>; observers and tools of other areas are added as <see cref="IRunObserver"/> and
    /// <see cref="IAgentToolSource"/>.
    /// </summary>
    public static IServiceCollection AddAgentRuntime(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(static provider => HostFacts.Detect(provider.GetRequiredService<IAgentConfiguration>().Environment));
        services.AddHttpClient(ModelEndpoint.ClientName, static client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(CreateHandler)
            .RemoveAllLoggers();
        services.TryAddSingleton<ProviderKeys>();
        services.TryAddSingleton<ModelResolver>();
        services.TryAddSingleton<IChatClientFactory, ChatClientFactory>();
        services.TryAddSingleton<AgentWorkspace>();
        services.AddTools();
        services.TryAddSingleton<SessionLanes>();
        services.TryAddSingleton<RunRegistry>();
        services.TryAddSingleton<IAgentTurn, AgentTurn>();
        services.TryAddSingleton<AgentRunner>();
        services.AddHostedService(static provider => provider.GetRequiredService<AgentRunner>());
        return services;
    }

    private static void AddTools(this IServiceCollection services)
    {
        services.AddSingleton<IAgentToolSource, FileTools>();
        services.AddSingleton<IAgentToolSource, CommandTools>();
        services.TryAddSingleton<ExecGuard>();
        services.TryAddSingleton(static provider => new ExecApprovalsFile(
            ExecApprovals.PathIn(provider.GetRequiredService<IAgentConfiguration>().HomeDir), provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<ExecAllowlist>();
        services.TryAddSingleton<IExecApprover, NoExecApprover>();
        services.TryAddSingleton<ProcessTable>();
        services.AddHostedService(static provider => provider.GetRequiredService<ProcessTable>());
    }

    // A redirect would carry the key to an address the operator did not configure.
    private static SocketsHttpHandler CreateHandler() => new()
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = System.Net.DecompressionMethods.All,
        ConnectTimeout = TimeSpan.FromSeconds(15),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        UseCookies = false,
    };
}
