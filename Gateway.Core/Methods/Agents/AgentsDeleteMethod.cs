using OpenClaw.Gateway.Core.Agents.Options;
using OpenClaw.Gateway.Core.Agents.Prompt;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Core.Sessions.Keys;
using OpenClaw.Gateway.Protocol.Errors;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Agents;

namespace OpenClaw.Gateway.Core.Methods.Agents;

/// <summary><c>agents.delete</c>: an agent less; what it left goes to the trash.</summary>
internal sealed class AgentsDeleteMethod(ConfigStore configuration, GatewayEnvironment environment, AgentChanges changes, AgentWorkspace workspaces, Trash trash)
    : GatewayMethod<AgentsDeleteParams, AgentsDeleteResult>(GatewayMethods.AgentsDelete)
{
    protected override async ValueTask<MethodResult<AgentsDeleteResult>> RunAsync(AgentsDeleteParams parameters, MethodContext context, CancellationToken cancellationToken)
    {
        var id = AgentId.Normalize(parameters.AgentId);
        if (id == AgentId.Default)
            return ErrorShape.InvalidRequest($"\"{AgentId.Default}\" cannot be deleted");
        var agent = AgentOptions.From(configuration.Current.Config, id);
        var bindings = 0;
        var (written, error) = await changes.WriteAsync(
            entries =>
            {
                if (AgentChanges.Missing(entries, id) is { } missing)
                    return ([], missing);
                var removal = entries.Remove(id);
                bindings = removal.Bindings;
                return (removal.Edits, null);
            },
            context, cancellationToken).ConfigureAwait(false);
        if (written is null)
            return error!;
        if (parameters.DeleteFiles != false)
            MoveAway(agent, written);
        return new AgentsDeleteResult { Ok = true, AgentId = id, RemovedBindings = bindings };
    }

    private void MoveAway(AgentOptions agent, ConfigSnapshot written)
    {
        var home = Path.Combine(environment.StateDirectory, "agents", agent.AgentId);
        string[] left = [workspaces.DirectoryOf(agent), agent.AgentDir is { } configured ? environment.ExpandPath(configured) : Path.Combine(home, "agent"), Path.Combine(home, "sessions")];
        var others = Roster(written).SelectMany(other => new[] { workspaces.DirectoryOf(other), other.AgentDir is { } dir ? environment.ExpandPath(dir) : null }).OfType<string>();
        string[] keep = [environment.HomeDirectory, environment.StateDirectory, .. others];
        foreach (var directory in left)
            trash.TryTake(directory, keep);
    }

    private static IEnumerable<AgentOptions> Roster(ConfigSnapshot written) =>
        Core.Agents.Roster.AgentRoster.Of(written).Agents.Select(agent => AgentOptions.From(written.Config, agent.Id));
}
