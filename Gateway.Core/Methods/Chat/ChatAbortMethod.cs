using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Core.Ingress;
using OpenClaw.Gateway.Core.Sessions.Store;
using OpenClaw.Gateway.Protocol.Errors;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Chat;

namespace OpenClaw.Gateway.Core.Methods.Chat;

/// <summary><c>chat.abort</c>: stops a run of the session, or all of them, whoever started them. Keys are compared in their canonical form.</summary>
internal sealed class ChatAbortMethod(SessionStores stores, RunRegistry runs, SessionAborts aborts) : GatewayMethod<ChatAbortParams, ChatAbortResult>(GatewayMethods.ChatAbort)
{
    protected override async ValueTask<MethodResult<ChatAbortResult>> RunAsync(ChatAbortParams parameters, MethodContext context, CancellationToken cancellationToken)
    {
        var key = stores.Rules.Canonicalize(parameters.SessionKey)?.Value;
        if (parameters.RunId is { } runId && runs.Find(runId) is { } named && named.Session.SessionKey != key)
            return ErrorShape.InvalidRequest("runId does not match sessionKey");
        var stopped = key is null ? [] : await aborts.AbortAsync(key, parameters.RunId, RunAbortReason.Rpc, cancellationToken).ConfigureAwait(false);
        return new ChatAbortResult { Aborted = stopped.Count > 0, RunIds = stopped };
    }
}
