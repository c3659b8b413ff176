using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Gateway.Core.Channels.Inbound.Acceptance;
using OpenClaw.Gateway.Core.Channels.Inbound.Access;
using OpenClaw.Gateway.Core.Channels.Inbound.Commands;
using OpenClaw.Gateway.Core.Channels.Inbound.Gating;
using OpenClaw.Gateway.Core.Channels.Inbound.History;
using OpenClaw.Gateway.Core.Channels.Inbound.Holding;
using OpenClaw.Gateway.Core.Channels.Inbound.Moves;
using OpenClaw.Gateway.Core.Channels.Inbound.Pairing;
using OpenClaw.Gateway.Core.Channels.Inbound.Reactions;
using OpenClaw.Gateway.Core.Channels.Inbound.Routing;
using OpenClaw.Gateway.Core.Configuration;

namespace OpenClaw.Gateway.Core.Channels.Inbound;

/// <summary>Adds the way in of channels' messages.</summary>
internal static class InboundServices
{
    public static IServiceCollection AddInbound(this IServiceCollection services)
    {
        services.AddSingleton(provider => new PairingStore(provider.GetRequiredService<GatewayEnvironment>().CredentialsDirectory, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<HandleOwners>();
        services.AddSingleton<AccessCheck>();
        services.AddSingleton<PairingDesk>();
        services.AddSingleton<ConversationRouter>();
        services.AddSingleton<MentionPatterns>();
        services.AddSingleton<MentionGate>();
        services.AddSingleton<PendingHistory>();
        services.AddSingleton<ICommandFamily, InfoCommands>();
        services.AddSingleton<ICommandFamily, SessionCommands>();
        services.AddSingleton<ICommandFamily, ModelCommands>();
        services.AddSingleton<ICommandFamily, SettingCommands>();
        services.AddSingleton<ICommandFamily, AccessCommands>();
        services.AddSingleton<ICommandFamily, OwnerCommands>();
        services.AddSingleton<ICommandFamily, AbsentCommands>();
        services.AddSingleton<CommandDesk>();
        services.AddSingleton<CommandAnswers>();
        services.AddSingleton<MediaDownload>();
        services.AddSingleton<InboundFiles>();
        services.AddSingleton<AckSign>();
        services.AddSingleton<SessionStops>();
        services.AddSingleton<InboundAcceptance>();
        services.AddSingleton<SessionRemarks>();
        services.AddSingleton<ReactionDesk>();
        services.AddSingleton<GroupMove>();
        services.AddSingleton<HeldMessages>();
        services.AddHostedService(provider => provider.GetRequiredService<HeldMessages>());
        services.AddSingleton<InboundPipeline>();
        services.AddHostedService<ChannelInbound>();
        return services;
    }
}
