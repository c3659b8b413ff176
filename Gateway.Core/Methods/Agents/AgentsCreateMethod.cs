using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Core.Sessions.Keys;
using OpenClaw.Gateway.Core.Storage;
using OpenClaw.Gateway.Protocol.Errors;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Agents;

namespace OpenClaw.Gateway.Core.Methods.Agents;

/// <summary><c>agents.create</c>: another agent, with a workspace of its own.</summary>
internal sealed class AgentsCreateMethod(GatewayEnvironment environment, AgentChanges changes)
    : GatewayMethod<AgentsCreateParams, AgentsCreateResult>(GatewayMethods.AgentsCreate)
{
    protected override async ValueTask<MethodResult<AgentsCreateResult>> RunAsync(AgentsCreateParams parameters, MethodContext context, CancellationToken cancellationToken)
    {
        var name = parameters.Name.Trim();
        var id = AgentId.Normalize(name);
        if (id == AgentId.Default)
            return ErrorShape.InvalidRequest($"\"{AgentId.Default}\" is reserved");
        var workspace = environment.ExpandPath(parameters.Workspace.Trim());
        var home = Path.Combine(environment.StateDirectory, "agents", id);
        var entry = new JsonObject { ["id"] = id, ["name"] = name, ["workspace"] = workspace, ["agentDir"] = Path.Combine(home, "agent") };
        var (written, error) = await changes.WriteAsync(
            entries => entries.Has(id) ? ([], ErrorShape.InvalidRequest($"agent \"{id}\" already exists")) : (entries.Add(entry), null), context, cancellationToken).ConfigureAwait(false);
        if (written is null)
            return error!;
        // Whoever is killed here has an agent whose directories are made when it is first needed.
        AtomicFile.CreateDirectory(Path.Combine(home, "sessions"));
        await changes.IntroduceAsync(written, id, ("Name", name), ("Emoji", parameters.Emoji), ("Avatar", parameters.Avatar)).ConfigureAwait(false);
        return new AgentsCreateResult { Ok = true, AgentId = id, Name = name, Workspace = workspace };
    }
}
