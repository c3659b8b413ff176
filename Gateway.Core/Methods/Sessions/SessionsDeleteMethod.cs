using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Core.Sessions.Lifecycle;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Sessions;

namespace OpenClaw.Gateway.Core.Methods.Sessions;

/// <summary><c>sessions.delete</c>: stops the session first; the transcript is renamed, not removed.</summary>
internal sealed class SessionsDeleteMethod(SessionDeletion deletion) : GatewayMethod<SessionsDeleteParams, SessionDeletionResult>(GatewayMethods.SessionsDelete)
{
    protected override async ValueTask<MethodResult<SessionDeletionResult>> RunAsync(SessionsDeleteParams parameters, MethodContext context, CancellationToken cancellationToken) =>
        SessionReplies.Of(await deletion.DeleteAsync(parameters.Key, parameters.DeleteTranscript ?? true, cancellationToken).ConfigureAwait(false));
}
