using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Core.Sessions.Json;
using OpenClaw.Gateway.Core.Sessions.Usage;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Sessions;

namespace OpenClaw.Gateway.Core.Methods.Sessions;

/// <summary><c>sessions.usage</c>.</summary>
internal sealed class SessionsUsageMethod(SessionUsage usage) : GatewayMethod<SessionsUsageParams>(GatewayMethods.SessionsUsage)
{
    protected override async ValueTask<MethodReply> HandleAsync(SessionsUsageParams parameters, MethodContext context, CancellationToken cancellationToken) =>
        SessionReplies.Of(await usage.ReadAsync(parameters, cancellationToken).ConfigureAwait(false), SessionsJson.Context.SessionUsageResult);
}
