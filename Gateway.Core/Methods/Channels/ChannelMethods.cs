using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Protocol.Errors;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Channels;

namespace OpenClaw.Gateway.Core.Methods.Channels;

/// <summary>Adds the methods about channels.</summary>
internal static class ChannelMethods
{
    public static IServiceCollection AddChannelMethods(this IServiceCollection services)
    {
        services.AddSingleton<GatewayMethod, ChannelsStatusMethod>();
        services.AddSingleton<GatewayMethod, ChannelsLogoutMethod>();
        services.AddSingleton<GatewayMethod, SendMethod>();
        services.AddSingleton<GatewayMethod, PollMethod>();
        services.AddSingleton<GatewayMethod, MessageActionMethod>();
        services.AddSingleton<GatewayMethod, OutboxStatusMethod>();
        services.AddSingleton<GatewayMethod, OutboxListMethod>();
        services.AddSingleton<GatewayMethod, OutboxRetryMethod>();
        services.AddSingleton<GatewayMethod, OutboxDropMethod>();
        services.AddSingleton<GatewayMethod, ChannelsPairingListMethod>();
        services.AddSingleton<GatewayMethod, ChannelsPairingApproveMethod>();
        // Only WhatsApp is linked by a picture, and it is no part of this gateway yet.
        services.AddSingleton<GatewayMethod>(new RefusedMethod<WebLoginStartParams>(GatewayMethods.WebLoginStart, static _ => NoLogin()));
        services.AddSingleton<GatewayMethod>(new RefusedMethod<WebLoginWaitParams>(GatewayMethods.WebLoginWait, static _ => NoLogin()));
        return services;
    }

    private static ErrorShape NoLogin() => ErrorShape.InvalidRequest("web login provider is not available");
}
