using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Core.Sessions.Lifecycle;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Sessions;

namespace OpenClaw.Gateway.Core.Methods.Sessions;

/// <summary><c>sessions.compact</c>: keeps the last lines of a transcript, its header always.</summary>
internal sealed class SessionsCompactMethod(SessionCompaction compaction) : GatewayMethod<SessionsCompactParams, SessionCompactionResult>(GatewayMethods.SessionsCompact)
{
    protected override async ValueTask<MethodResult<SessionCompactionResult>> RunAsync(SessionsCompactParams parameters, MethodContext context, CancellationToken cancellationToken) =>
        SessionReplies.Of(await compaction.CompactAsync(parameters.Key, parameters.MaxLines ?? SessionCompaction.DefaultMaxLines, cancellationToken).ConfigureAwait(false));
}
