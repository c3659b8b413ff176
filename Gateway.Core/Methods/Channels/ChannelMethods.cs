using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Protocol.Errors;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Channels;

namespace OpenClaw.Gateway.Core.Methods.Channels;

/// <summary>Adds the methods about channels. While no channel is loaded they answer as the peer does without its plugins.</summary>
internal static class ChannelMethods
{
    /// <summary>Clients that name no channel mean this one.</summary>
    private const string DefaultChannel = "whatsapp";

    public static IServiceCollection AddChannelMethods(this IServiceCollection services)
    {
        services.AddSingleton<GatewayMethod, ChannelsStatusMethod>();
        services.AddSingleton<GatewayMethod>(new RefusedMethod<ChannelsLogoutParams>(
            GatewayMethods.ChannelsLogout, static _ => ErrorShape.InvalidRequest("invalid channels.logout channel")));
        services.AddSingleton<GatewayMethod>(new RefusedMethod<WebLoginStartParams>(GatewayMethods.WebLoginStart, static _ => NoLogin()));
        services.AddSingleton<GatewayMethod>(new RefusedMethod<WebLoginWaitParams>(GatewayMethods.WebLoginWait, static _ => NoLogin()));
        services.AddSingleton<GatewayMethod>(new RefusedMethod<SendParams>(GatewayMethods.Send, static parameters => Unsupported("channel", parameters.Channel)));
        services.AddSingleton<GatewayMethod>(new RefusedMethod<PollParams>(GatewayMethods.Poll, static parameters => Unsupported("poll channel", parameters.Channel)));
        services.AddSingleton<GatewayMethod>(new RefusedMethod<JsonElement>(GatewayMethods.MessageAction, static parameters => Unsupported("channel", parameters.Text("channel"))));
        return services;
    }

    private static ErrorShape Unsupported(string what, string? channel) =>
        ErrorShape.InvalidRequest($"unsupported {what}: {(string.IsNullOrWhiteSpace(channel) ? DefaultChannel : channel.Trim())}");

    private static ErrorShape NoLogin() => ErrorShape.InvalidRequest("web login provider is not available");
}

/// <summary><c>channels.status</c>: no channel is loaded, so there is none to tell of.</summary>
internal sealed class ChannelsStatusMethod(TimeProvider time) : JsonMethod<ChannelsStatusParams>(GatewayMethods.ChannelsStatus)
{
    protected override ValueTask<MethodResult<JsonObject>> RunAsync(ChannelsStatusParams parameters, MethodContext context, CancellationToken cancellationToken) =>
        ValueTask.FromResult<MethodResult<JsonObject>>(new JsonObject
        {
            ["ts"] = time.GetUtcNow().ToUnixTimeMilliseconds(),
            ["channelOrder"] = new JsonArray(),
            ["channelLabels"] = new JsonObject(),
            ["channelDetailLabels"] = new JsonObject(),
            ["channelSystemImages"] = new JsonObject(),
            ["channelMeta"] = new JsonArray(),
            ["channels"] = new JsonObject(),
            ["channelAccounts"] = new JsonObject(),
            ["channelDefaultAccountId"] = new JsonObject(),
        });
}
