using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Core.Sessions.Json;
using OpenClaw.Gateway.Core.Sessions.Listing;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Sessions;

namespace OpenClaw.Gateway.Core.Methods.Sessions;

/// <summary><c>sessions.preview</c>.</summary>
internal sealed class SessionsPreviewMethod(SessionPreviews previews) : GatewayMethod<SessionsPreviewParams>(GatewayMethods.SessionsPreview)
{
    protected override async ValueTask<MethodReply> HandleAsync(SessionsPreviewParams parameters, MethodContext context, CancellationToken cancellationToken) =>
        SessionReplies.Of(
            await previews.PreviewAsync(parameters.Keys, parameters.Limit, parameters.MaxChars, cancellationToken).ConfigureAwait(false), SessionsJson.Context.SessionPreviewsResult);
}
