using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Core.Sessions.Json;
using OpenClaw.Gateway.Core.Sessions.Lifecycle;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Sessions;

namespace OpenClaw.Gateway.Core.Methods.Sessions;

/// <summary><c>sessions.reset</c>: a new transcript; settings stay.</summary>
internal sealed class SessionsResetMethod(SessionReset reset) : GatewayMethod<SessionsResetParams>(GatewayMethods.SessionsReset)
{
    protected override async ValueTask<MethodReply> HandleAsync(SessionsResetParams parameters, MethodContext context, CancellationToken cancellationToken) =>
        SessionReplies.Of(await reset.ResetAsync(parameters.Key, cancellationToken).ConfigureAwait(false), SessionsJson.Context.SessionResetResult);
}
