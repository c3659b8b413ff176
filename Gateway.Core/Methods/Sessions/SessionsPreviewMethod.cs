using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Core.Sessions.Listing;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Sessions;

namespace OpenClaw.Gateway.Core.Methods.Sessions;

/// <summary><c>sessions.preview</c>.</summary>
internal sealed class SessionsPreviewMethod(SessionPreviews previews) : GatewayMethod<SessionsPreviewParams, SessionPreviewsResult>(GatewayMethods.SessionsPreview)
{
    protected override async ValueTask<MethodResult<SessionPreviewsResult>> RunAsync(SessionsPreviewParams parameters, MethodContext context, CancellationToken cancellationToken) =>
        await previews.PreviewAsync(parameters.Keys, parameters.Limit, parameters.MaxChars, cancellationToken).ConfigureAwait(false);
}
