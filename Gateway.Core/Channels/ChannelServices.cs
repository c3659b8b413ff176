using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Channels.Abstractions.Outbox;
using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Gateway.Core.Channels.Inbound;
using OpenClaw.Gateway.Core.Channels.Media;
using OpenClaw.Gateway.Core.Channels.Outbox;
using OpenClaw.Gateway.Core.Channels.Previews;
using OpenClaw.Gateway.Core.Channels.Replies;
using OpenClaw.Gateway.Core.Channels.Sending;
using OpenClaw.Gateway.Core.Channels.Settings;

namespace OpenClaw.Gateway.Core.Channels;

/// <summary>Adds the core's side of channels.</summary>
internal static class ChannelServices
{
    public static IServiceCollection AddChannels(this IServiceCollection services)
    {
        services.AddSingleton<OutboxWriter>();
        services.AddSingleton<ChannelDirectory>();
        services.AddSingleton<ChannelCaller>();
        services.AddSingleton<MediaDirectories>();
        services.AddSingleton<OutboundFiles>();
        services.AddHostedService<OutboundFileServer>();
        services.AddSingleton<MediaSweep>();
        services.AddHostedService(provider => provider.GetRequiredService<MediaSweep>());
        services.AddSingleton<ReplyMedia>();
        services.AddSingleton<ReplyDelivery>();
        services.AddSingleton<ReplySequence>();
        services.AddSingleton<ChannelStatusReport>();
        services.AddSingleton<ChannelSender>();
        services.AddSingleton<OutboxLetters>();
        services.AddSingleton<OutboxWaiting>();
        services.AddSingleton<OutboxReport>();
        services.AddSingleton<OutboxDesk>();
        services.AddSingleton<WorkSigns>();
        services.AddSingleton<IRunObserver>(provider => provider.GetRequiredService<WorkSigns>());
        services.AddSingleton<AnswerPreviews>();
        services.AddSingleton<IRunObserver>(provider => provider.GetRequiredService<AnswerPreviews>());
        services.AddSingleton<OutboxWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<OutboxWatch>());
        services.AddHostedService<ChannelSettingsPublisher>();
        services.AddInbound();
        return services;
    }
}
