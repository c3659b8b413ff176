using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Core.Sessions.Json;
using OpenClaw.Gateway.Core.Sessions.Patching;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Sessions;

namespace OpenClaw.Gateway.Core.Methods.Sessions;

/// <summary><c>sessions.patch</c>: absent, null and set are three things, hence the raw params.</summary>
internal sealed class SessionsPatchMethod(SessionPatching patching) : GatewayMethod<SessionsPatchParams>(GatewayMethods.SessionsPatch)
{
    protected override async ValueTask<MethodReply> HandleAsync(SessionsPatchParams parameters, MethodContext context, CancellationToken cancellationToken) =>
        SessionReplies.Of(
            await patching.PatchAsync(parameters.Key, SessionPatch.From(context.RawParams), cancellationToken).ConfigureAwait(false), SessionsJson.Context.SessionPatchResult);
}
