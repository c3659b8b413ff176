using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenClaw.Channels.Abstractions.Hosting;
using OpenClaw.Channels.Telegram.Connection;
using OpenClaw.Channels.Telegram.Polling;
using OpenClaw.Channels.Telegram.Webhook;
using OpenClaw.Gateway.Bus;

namespace OpenClaw.Channels.Telegram.Hosting;

/// <summary>Adds the channel to a process.</summary>
public static class TelegramChannelExtensions
{
    /// <summary>
    /// Adds the Telegram channel. The host has to have a bus; which accounts there are the core tells over it, and which process connects one they agree
    /// there.
    /// </summary>
    /// <param name="builder">The host.</param>
    /// <param name="stateDirectory">The gateway's state directory, for the file of update offsets that the peer knows; null when this process does not see it.</param>
    public static IHostApplicationBuilder AddTelegramChannel(this IHostApplicationBuilder builder, string? stateDirectory = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddMetrics();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton<TelegramMetrics>();
        builder.Services.TryAddSingleton<PollSettings>();
        builder.Services.TryAddSingleton<WebhookListeners>();
        builder.Services.TryAddSingleton(provider => new TelegramChannel(
            new ConnectionServices(
                stateDirectory,
                provider.GetRequiredService<PollSettings>(),
                provider.GetRequiredService<WebhookListeners>(),
                provider.GetRequiredService<TelegramMetrics>(),
                provider.GetRequiredService<ILoggerFactory>().CreateLogger("OpenClaw.Channels.Telegram")),
            provider.GetRequiredService<TimeProvider>()));
        // Not AddHostedService, which keeps one host of a type: there is one for each channel.
        builder.Services.AddSingleton<IHostedService>(static provider => new ChannelHost(
            provider.GetRequiredService<TelegramChannel>(),
            provider.GetRequiredService<IBus>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<ChannelHost>>()));
        return builder;
    }
}
