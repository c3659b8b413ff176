using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Core.Sessions.Patching;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Sessions;

namespace OpenClaw.Gateway.Core.Methods.Sessions;

/// <summary><c>sessions.patch</c>: absent, null and set are three things, hence the raw params.</summary>
internal sealed class SessionsPatchMethod(SessionPatching patching) : GatewayMethod<SessionsPatchParams, SessionPatchResult>(GatewayMethods.SessionsPatch)
{
    protected override async ValueTask<MethodResult<SessionPatchResult>> RunAsync(SessionsPatchParams parameters, MethodContext context, CancellationToken cancellationToken)
    {
        var outcome = await patching.PatchAsync(parameters.Key, SessionPatch.From(context.RawParams), cancellationToken).ConfigureAwait(false);
        if (outcome.Value is not { } patched)
            return SessionReplies.ToShape(outcome.Error!);
        return new SessionPatchResult
        {
            Path = patched.Path,
            Key = patched.Key,
            Entry = patched.Entry.ToWire(),
            Resolved = new ResolvedSessionModel { ModelProvider = patched.Model.Provider, Model = patched.Model.Model },
        };
    }
}
