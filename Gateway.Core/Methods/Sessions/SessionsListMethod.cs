using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Core.Sessions.Json;
using OpenClaw.Gateway.Core.Sessions.Listing;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Sessions;

namespace OpenClaw.Gateway.Core.Methods.Sessions;

/// <summary><c>sessions.list</c>.</summary>
internal sealed class SessionsListMethod(SessionListing listing) : GatewayMethod<SessionsListParams>(GatewayMethods.SessionsList)
{
    protected override async ValueTask<MethodReply> HandleAsync(SessionsListParams parameters, MethodContext context, CancellationToken cancellationToken) =>
        SessionReplies.Of(await listing.ListAsync(parameters, cancellationToken).ConfigureAwait(false), SessionsJson.Context.SessionListResult);
}
