using System.Text.Json.Nodes;
using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Gateway.Bus;
using OpenClaw.Gateway.Core.Channels;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Protocol.Errors;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Channels;

namespace OpenClaw.Gateway.Core.Methods.Channels;

/// <summary><c>channels.logout</c>: an account gives up its credentials and stops.</summary>
internal sealed class ChannelsLogoutMethod(ChannelDirectory directory, ChannelCaller caller) : JsonMethod<ChannelsLogoutParams>(GatewayMethods.ChannelsLogout)
{
    protected override async ValueTask<MethodResult<JsonObject>> RunAsync(ChannelsLogoutParams parameters, MethodContext context, CancellationToken cancellationToken)
    {
        var id = parameters.Channel.Trim().ToLowerInvariant();
        try
        {
            if (await directory.FindAsync(id, cancellationToken).ConfigureAwait(false) is not { } channel)
                return ErrorShape.InvalidRequest("invalid channels.logout channel");
            var accountId = string.IsNullOrWhiteSpace(parameters.AccountId) ? channel.DefaultAccountId : parameters.AccountId.Trim();
            var result = await caller.ActAsync(id, accountId, new LogoutAction(), cancellationToken).ConfigureAwait(false);
            return result.Ok
                ? new JsonObject { ["channel"] = id, ["accountId"] = accountId, ["cleared"] = true, ["loggedOut"] = true }
                : ErrorShape.InvalidRequest(result.Error ?? $"channel {id} does not support logout");
        }
        catch (BusUnavailableException e)
        {
            return ErrorShape.Unavailable(e.Message) with { Retryable = true, RetryAfterMs = 1000 };
        }
    }
}
