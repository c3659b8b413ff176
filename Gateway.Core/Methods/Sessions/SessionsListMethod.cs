using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Core.Sessions.Listing;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Sessions;

namespace OpenClaw.Gateway.Core.Methods.Sessions;

/// <summary><c>sessions.list</c>.</summary>
internal sealed class SessionsListMethod(SessionListing listing) : GatewayMethod<SessionsListParams, SessionListResult>(GatewayMethods.SessionsList)
{
    protected override async ValueTask<MethodResult<SessionListResult>> RunAsync(SessionsListParams parameters, MethodContext context, CancellationToken cancellationToken) =>
        await listing.ListAsync(parameters, cancellationToken).ConfigureAwait(false);
}
