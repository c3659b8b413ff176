using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Auditing;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Configuration.Writing;
using OpenClaw.Gateway.Core.Connections;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Core.Lifetime;
using OpenClaw.Gateway.Protocol.Errors;

namespace OpenClaw.Gateway.Core.Methods.Config;

/// <summary>The way of all methods that change the configuration file: who did it is noted, and what went wrong is said in the words that clients know.</summary>
internal sealed class ConfigChanges(ConfigStore configuration, SharedSecretConnections secrets, GatewayRestart restart, Audit audit)
{
    /// <summary>What the file says afterwards, or the refusal.</summary>
    public async Task<(ConfigSnapshot? Written, ErrorShape? Error)> WriteAsync(ConfigWriteRequest request, MethodContext context, CancellationToken cancellationToken)
    {
        var secret = secrets.Generation;
        var result = await configuration.WriteAsync(request with { Requester = context.ConnectionId }, cancellationToken).ConfigureAwait(false);
        if (result.Status is ConfigWriteStatus.Written)
            audit.ConfigWritten(context.Actor, result.Snapshot!.Path, result.Snapshot.Hash);
        var isOut = context.Caller.Credential is Credential.SharedSecret && secrets.Generation != secret;
        context.AfterReply = connection =>
        {
            if (isOut)
                SharedSecretConnections.Close(connection);
            restart.Answered();
        };
        return result.Succeeded ? (result.Snapshot, null) : (null, ErrorOf(result));
    }

    private static ErrorShape ErrorOf(ConfigWriteResult result)
    {
        switch (result.Status)
        {
            case ConfigWriteStatus.Invalid:
                var issues = new JsonArray([.. result.Issues.Select(static issue => new JsonObject { ["path"] = issue.Path, ["message"] = issue.Message })]);
                return ErrorShape.InvalidRequest("invalid config", ConfigViews.Element(new JsonObject { ["issues"] = issues }));
            case ConfigWriteStatus.Failed:
                return ErrorShape.Unavailable(result.Error!);
            default:
                return ErrorShape.InvalidRequest(result.Error!);
        }
    }
}
