using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Core.Sessions.Listing;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Sessions;

namespace OpenClaw.Gateway.Core.Methods.Sessions;

/// <summary><c>sessions.resolve</c>.</summary>
internal sealed class SessionsResolveMethod(SessionResolver resolver) : GatewayMethod<SessionsResolveParams, SessionResolveResult>(GatewayMethods.SessionsResolve)
{
    protected override async ValueTask<MethodResult<SessionResolveResult>> RunAsync(SessionsResolveParams parameters, MethodContext context, CancellationToken cancellationToken) =>
        SessionReplies.Of(await resolver.ResolveAsync(parameters, cancellationToken).ConfigureAwait(false));
}
