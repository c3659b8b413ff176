using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Core.Sessions.Json;
using OpenClaw.Gateway.Core.Sessions.Listing;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Sessions;

namespace OpenClaw.Gateway.Core.Methods.Sessions;

/// <summary><c>sessions.resolve</c>.</summary>
internal sealed class SessionsResolveMethod(SessionResolver resolver) : GatewayMethod<SessionsResolveParams>(GatewayMethods.SessionsResolve)
{
    protected override async ValueTask<MethodReply> HandleAsync(SessionsResolveParams parameters, MethodContext context, CancellationToken cancellationToken) =>
        SessionReplies.Of(await resolver.ResolveAsync(parameters, cancellationToken).ConfigureAwait(false), SessionsJson.Context.SessionResolveResult);
}
