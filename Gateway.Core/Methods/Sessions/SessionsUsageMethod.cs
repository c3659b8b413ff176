using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Core.Sessions.Usage;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Sessions;

namespace OpenClaw.Gateway.Core.Methods.Sessions;

/// <summary><c>sessions.usage</c>.</summary>
internal sealed class SessionsUsageMethod(SessionUsage usage) : GatewayMethod<SessionsUsageParams, SessionUsageResult>(GatewayMethods.SessionsUsage)
{
    protected override async ValueTask<MethodResult<SessionUsageResult>> RunAsync(SessionsUsageParams parameters, MethodContext context, CancellationToken cancellationToken) =>
        await usage.ReadAsync(parameters, cancellationToken).ConfigureAwait(false);
}
