using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Core.Sessions.Keys;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Agents;

namespace OpenClaw.Gateway.Core.Methods.Agents;

/// <summary><c>agents.update</c>: another name, workspace, model or avatar.</summary>
internal sealed class AgentsUpdateMethod(GatewayEnvironment environment, AgentChanges changes)
    : GatewayMethod<AgentsUpdateParams, AgentsUpdateResult>(GatewayMethods.AgentsUpdate)
{
    protected override async ValueTask<MethodResult<AgentsUpdateResult>> RunAsync(AgentsUpdateParams parameters, MethodContext context, CancellationToken cancellationToken)
    {
        var id = AgentId.Normalize(parameters.AgentId);
        var workspace = Given(parameters.Workspace) is { } directory ? environment.ExpandPath(directory) : null;
        var (written, error) = await changes.WriteAsync(
            entries => AgentChanges.Missing(entries, id) is { } missing
                ? ([], missing)
                : (AgentEntries.Change(entries.PlaceOf(id)!.Value, ("name", Given(parameters.Name)), ("workspace", workspace), ("model", Given(parameters.Model))), null),
            context, cancellationToken).ConfigureAwait(false);
        if (written is null)
            return error!;
        if (workspace is not null || Given(parameters.Avatar) is not null)
            await changes.IntroduceAsync(written, id, ("Avatar", parameters.Avatar)).ConfigureAwait(false);
        return new AgentsUpdateResult { Ok = true, AgentId = id };
    }

    private static string? Given(string? text) => text?.Trim() is { Length: > 0 } given ? given : null;
}
