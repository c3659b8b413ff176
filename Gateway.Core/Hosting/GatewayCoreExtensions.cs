using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using OpenClaw.Gateway.Core.Agents;
using OpenClaw.Gateway.Core.Agents.Options;
using OpenClaw.Gateway.Core.Agents.Prompt;
using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Gateway.Core.Agents.Tools.Sessions;
using OpenClaw.Gateway.Core.Approvals;
using OpenClaw.Gateway.Core.Auditing;
using OpenClaw.Gateway.Core.Broadcasting;
using OpenClaw.Gateway.Core.Channels;
using OpenClaw.Gateway.Core.Cluster;
using OpenClaw.Gateway.Core.Configuration.Reloading;
using OpenClaw.Gateway.Core.Connections;
using OpenClaw.Gateway.Core.Cron;
using OpenClaw.Gateway.Core.Devices;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Core.Handshake;
using OpenClaw.Gateway.Core.Health;
using OpenClaw.Gateway.Core.Http;
using OpenClaw.Gateway.Core.Idempotency;
using OpenClaw.Gateway.Core.Ingress;
using OpenClaw.Gateway.Core.Lifetime;
using OpenClaw.Gateway.Core.Logs;
using OpenClaw.Gateway.Core.Methods.Agents;
using OpenClaw.Gateway.Core.Methods.Channels;
using OpenClaw.Gateway.Core.Methods.Chat;
using OpenClaw.Gateway.Core.Methods.Config;
using OpenClaw.Gateway.Core.Methods.Cron;
using OpenClaw.Gateway.Core.Methods.Devices;
using OpenClaw.Gateway.Core.Methods.Logs;
using OpenClaw.Gateway.Core.Methods.Nodes;
using OpenClaw.Gateway.Core.Methods.Sessions;
using OpenClaw.Gateway.Core.Methods.Skills;
using OpenClaw.Gateway.Core.Methods.Status;
using OpenClaw.Gateway.Core.Methods.Usage;
using OpenClaw.Gateway.Core.Methods.Voice;
using OpenClaw.Gateway.Core.Nodes;
using OpenClaw.Gateway.Core.Presence;
using OpenClaw.Gateway.Core.RateLimiting;
using OpenClaw.Gateway.Core.SafeMode;
using OpenClaw.Gateway.Core.Services;
using OpenClaw.Gateway.Core.Sessions;
using OpenClaw.Gateway.Core.Sessions.Lifecycle;
using OpenClaw.ServiceDefaults.Health;

namespace OpenClaw.Gateway.Core.Hosting;

/// <summary>Adds the gateway's core to a host and its WebSocket to a pipeline.</summary>
public static class GatewayCoreExtensions
{
    /// <summary>Adds the core: connections, presence, methods, sessions, agent runtime.</summary>
    public static IHostApplicationBuilder AddGatewayCore(this IHostApplicationBuilder builder, GatewayCoreOptions options)
    {
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options.Environment);
        services.AddSingleton(options.Configuration);
        services.AddSingleton(options.AuthFlags);
        services.AddSingleton(options);
        services.AddSingleton(options.SafeMode);
        services.AddHostedService<SafeModeWatch>();
        services.AddSingleton(new LogTail(options.LogFile));
        services.AddSingleton(new GatewaySelf(options.Version, options.Commit));
        services.AddCluster();
        services.AddConnections(options);
        services.AddSingleton<IReadinessCheck, BusReadiness>();
        services.AddHostedService<EdgeSettingsPublisher>();
        services.AddNodes(options);
        services.AddExecApprovals();
        services.AddSessionServices();
        services.AddAgents();
        services.AddMethods();
        services.AddHttpApi();
        services.AddChannels();
        services.AddCron();
        return builder;
    }

    /// <summary>Takes over WebSocket requests of every path, and the requests of the HTTP API; others pass on.</summary>
    public static WebApplication MapGatewayCore(this WebApplication app)
    {
        if (app.Services.GetService<GatewayConnectionHandler>() is not { } handler)
            throw new InvalidOperationException("Call AddGatewayCore before MapGatewayCore.");
        app.Use(static (context, next) =>
        {
            // Before UseWebSockets, which takes whatever upgrade feature it finds.
            if (context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true } upgrade)
                context.Features.Set<IHttpUpgradeFeature>(new CoalescingUpgradeFeature(upgrade));
            return next(context);
        });
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.Zero });
        app.Use((context, next) => context.WebSockets.IsWebSocketRequest ? handler.HandleAsync(context) : next(context));
        app.UseHttpApi();
        return app;
    }

    private static void AddCluster(this IServiceCollection services)
    {
        services.AddSingleton(CoreId.Create());
        services.AddSingleton<CoreDirectory>();
        services.AddHostedService(provider => provider.GetRequiredService<CoreDirectory>());
        services.AddSingleton<SessionCalls>();
        services.AddSingleton<SessionLeases>();
        services.AddHostedService(provider => provider.GetRequiredService<SessionLeases>());
        services.AddSingleton<RelayOutbox>();
        services.AddSingleton<ForeignRecords>();
        services.AddHostedService<EventRelay>();
        services.AddHostedService<SharedPresence>();
    }

    private static void AddConnections(this IServiceCollection services, GatewayCoreOptions options)
    {
        services.AddSingleton<ConnectionRegistry>();
        services.AddSingleton<ConnectionLifecycle>();
        services.AddSingleton<PendingHandshakes>();
        services.AddSingleton<GatewayConnectionHandler>();
        services.AddSingleton<HandshakeSession>();
        services.AddSingleton<ConnectHandshake>();
        services.AddSingleton<HelloComposer>();
        services.AddSingleton<FailedAuthLimiter>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<DeviceStore>(provider, DeviceStore.DirectoryIn(options.Environment.StateDirectory)));
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<BootstrapTokens>(provider, DeviceStore.DirectoryIn(options.Environment.StateDirectory)));
        services.AddSingleton<DevicePairing>();
        services.AddSingleton<DeviceTokens>();
        services.AddSingleton<PairingRequests>();
        services.AddSingleton<PairingNotices>();
        services.AddSingleton<DeviceConnections>();
        services.AddHostedService<DeviceFileWatch>();
        services.AddSingleton<Audit>();
        services.AddHostedService<ConfigAudit>();
        services.AddSingleton<SharedSecretConnections>();
        services.AddHostedService(provider => provider.GetRequiredService<SharedSecretConnections>());
        services.AddSingleton<StateVersions>();
        services.AddSingleton<Broadcaster>();
        services.AddSingleton<PresenceStore>();
        services.AddSingleton<KeptSystemEvents>();
        services.AddSingleton<SystemEventQueue>();
        services.AddSingleton<ProcessClock>();
        services.AddSingleton<HealthSurvey>();
        services.AddSingleton<HealthReporter>();
        services.AddHostedService(provider => provider.GetRequiredService<HealthReporter>());
        services.AddHostedService<BusHealthWatch>();
        services.AddHostedService<TickService>();
        services.AddSingleton(provider => new GatewayLifetime(
            provider.GetRequiredService<ConnectionLifecycle>(), provider.GetRequiredService<IHostApplicationLifetime>()));
        services.AddSingleton<GatewayRestart>();
        services.AddHostedService(provider => provider.GetRequiredService<GatewayRestart>());
        services.AddSingleton<RestartNote>();
        services.AddHostedService(provider => provider.GetRequiredService<RestartNote>());
        services.AddHostedService<ConfigReload>();
        services.TryAddSingleton(new ConfigWatchOptions());
        services.AddHostedService<ConfigWatch>();
    }

    private static void AddSessionServices(this IServiceCollection services)
    {
        services.AddSingleton<ISessionSettings, ConfiguredSessionSettings>();
        services.AddSingleton<ISessionModels, SessionModels>();
        services.AddSingleton<ISessionActivity, RunSessionActivity>();
        services.AddSingleton<ISessionRouting, ConfiguredSessionRouting>();
        services.AddSingleton<ISessionTranscripts, OwnedTranscripts>();
        services.AddSessions();
    }

    private static void AddAgents(this IServiceCollection services)
    {
        services.AddSingleton<IAgentConfiguration, ConfiguredAgents>();
        services.AddAgentRuntime();
        services.AddSessionTools();
        services.AddSingleton<RunEventBroadcaster>();
        services.AddSingleton<IRunObserver>(provider => provider.GetRequiredService<RunEventBroadcaster>());
        services.AddSingleton<ToolEventRecipients>();
        services.AddSingleton<PendingAnswers>();
        services.AddSingleton<EarlierRuns>();
        services.AddSingleton<SessionAborts>();
        services.AddSingleton<LocalSessionActivity>();
        services.AddSingleton<TranscriptNotes>();
        services.AddSingleton<MessageOutcomes>();
        services.AddSingleton<SessionSequence>();
        services.AddSingleton<MessageHandover>();
        services.AddSingleton<MessageRouter>();
        services.AddSingleton<AnswerBook>();
        services.AddSingleton<SessionNotices>();
        services.AddSingleton<QueueCommand>();
        services.AddSingleton<IdempotencyCache>();
        services.AddSingleton<SessionIntake>();
        services.AddSingleton<AgentSessionSelection>();
        services.AddSingleton<MessageIngress>();
        services.AddHostedService<SessionCallServer>();
        // After the runtime: it stops first, and hands unfinished messages back to the queue.
        services.AddHostedService(provider => provider.GetRequiredService<MessageIngress>());
        services.AddSingleton<IReadinessCheck>(provider => provider.GetRequiredService<MessageIngress>());
    }

    private static void AddMethods(this IServiceCollection services)
    {
        services.AddSingleton<MethodRegistry>();
        services.AddSingleton<RequestDispatcher>();
        services.AddSingleton<GatewayMethod, HealthMethod>();
        services.AddSingleton<GatewayMethod, StatusMethod>();
        services.AddSingleton<GatewayMethod, SystemPresenceMethod>();
        services.AddSingleton<GatewayMethod, SystemEventMethod>();
        services.AddSingleton<GatewayMethod, LastHeartbeatMethod>();
        services.AddSingleton<GatewayMethod, AgentsListMethod>();
        services.AddSingleton<GatewayMethod, ModelsListMethod>();
        services.AddSingleton<GatewayMethod, AgentMethod>();
        services.AddSingleton<GatewayMethod, AgentWaitMethod>();
        services.AddSingleton<GatewayMethod, ChatSendMethod>();
        services.AddSingleton<GatewayMethod, ChatAbortMethod>();
        services.AddSingleton<GatewayMethod, ChatHistoryMethod>();
        services.AddSingleton<GatewayMethod, ChatInjectMethod>();
        services.AddSingleton<GatewayMethod, LogsTailMethod>();
        services.AddSingleton<GatewayMethod, DevicePairListMethod>();
        services.AddSingleton<GatewayMethod, DevicePairApproveMethod>();
        services.AddSingleton<GatewayMethod, DevicePairRejectMethod>();
        services.AddSingleton<GatewayMethod, DeviceTokenRotateMethod>();
        services.AddSingleton<GatewayMethod, DeviceTokenRevokeMethod>();
        services.AddSingleton<GatewayMethod, AgentIdentityGetMethod>();
        services.AddSingleton<GatewayMethod, SessionsListMethod>();
        services.AddSingleton<GatewayMethod, SessionsPreviewMethod>();
        services.AddSingleton<GatewayMethod, SessionsResolveMethod>();
        services.AddSingleton<GatewayMethod, SessionsPatchMethod>();
        services.AddSingleton<GatewayMethod, SessionsResetMethod>();
        services.AddSingleton<GatewayMethod, SessionsDeleteMethod>();
        services.AddSingleton<GatewayMethod, SessionsCompactMethod>();
        services.AddSingleton<GatewayMethod, SessionsUsageMethod>();
        services.AddSingleton<AgentChanges>();
        services.AddSingleton<Trash>();
        services.AddSingleton<GatewayMethod, AgentsCreateMethod>();
        services.AddSingleton<GatewayMethod, AgentsUpdateMethod>();
        services.AddSingleton<GatewayMethod, AgentsDeleteMethod>();
        services.AddSingleton<WorkspaceFiles>();
        services.AddSingleton<GatewayMethod, AgentsFilesListMethod>();
        services.AddSingleton<GatewayMethod, AgentsFilesGetMethod>();
        services.AddSingleton<GatewayMethod, AgentsFilesSetMethod>();
        services.AddSingleton<GatewayMethod, BrowserRequestMethod>();
        services.AddConfigMethods();
        services.AddChannelMethods();
        services.AddVoiceMethods();
        services.AddUsageMethods();
        services.AddSkillMethods();
        services.AddHostMethods();
        services.AddCronMethods();
    }
}
