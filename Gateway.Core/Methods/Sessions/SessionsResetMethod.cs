using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Core.Sessions.Lifecycle;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Sessions;

namespace OpenClaw.Gateway.Core.Methods.Sessions;

/// <summary><c>sessions.reset</c>: a new transcript; settings stay.</summary>
internal sealed class SessionsResetMethod(SessionReset reset) : GatewayMethod<SessionsResetParams, SessionResetResult>(GatewayMethods.SessionsReset)
{
    protected override async ValueTask<MethodResult<SessionResetResult>> RunAsync(SessionsResetParams parameters, MethodContext context, CancellationToken cancellationToken)
    {
        var outcome = await reset.ResetAsync(parameters.Key, cancellationToken).ConfigureAwait(false);
        return outcome.Value is { } renewed
            ? new SessionResetResult { Key = renewed.Key, Entry = renewed.Entry.ToWire() }
            : SessionReplies.ToShape(outcome.Error!);
    }
}
