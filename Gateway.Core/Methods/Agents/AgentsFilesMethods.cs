using OpenClaw.Gateway.Core.Agents.Prompt;
using OpenClaw.Gateway.Core.Agents.Roster;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Protocol.Errors;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Agents;

namespace OpenClaw.Gateway.Core.Methods.Agents;

/// <summary>What the three methods check first.</summary>
internal static class AgentFileRequest
{
    /// <summary>The agent's id, or what is wrong.</summary>
    public static (string? AgentId, ErrorShape? Error) Check(ConfigStore configuration, string agentId, string? name)
    {
        var id = agentId.Trim().ToLowerInvariant();
        if (AgentRoster.Of(configuration.Current).Find(id) is null)
            return (null, ErrorShape.InvalidRequest("unknown agent id"));
        return name is not null && !WorkspaceFiles.Knows(name.Trim()) ? (null, ErrorShape.InvalidRequest($"unsupported file \"{name.Trim()}\"")) : (id, null);
    }
}

/// <summary><c>agents.files.list</c>.</summary>
internal sealed class AgentsFilesListMethod(ConfigStore configuration, WorkspaceFiles files) : GatewayMethod<AgentFilesListParams, AgentFilesListResult>(GatewayMethods.AgentsFilesList)
{
    protected override async ValueTask<MethodResult<AgentFilesListResult>> RunAsync(AgentFilesListParams parameters, MethodContext context, CancellationToken cancellationToken)
    {
        var (id, error) = AgentFileRequest.Check(configuration, parameters.AgentId, name: null);
        return id is null
            ? error!
            : new AgentFilesListResult { AgentId = id, Workspace = files.DirectoryOf(id), Files = await files.ListAsync(id, cancellationToken).ConfigureAwait(false) };
    }
}

/// <summary><c>agents.files.get</c>.</summary>
internal sealed class AgentsFilesGetMethod(ConfigStore configuration, WorkspaceFiles files) : GatewayMethod<AgentFilesGetParams, AgentFileResult>(GatewayMethods.AgentsFilesGet)
{
    protected override async ValueTask<MethodResult<AgentFileResult>> RunAsync(AgentFilesGetParams parameters, MethodContext context, CancellationToken cancellationToken)
    {
        var (id, error) = AgentFileRequest.Check(configuration, parameters.AgentId, parameters.Name);
        return id is null
            ? error!
            : new AgentFileResult { AgentId = id, Workspace = files.DirectoryOf(id), File = await files.ReadAsync(id, parameters.Name.Trim(), cancellationToken).ConfigureAwait(false) };
    }
}

/// <summary><c>agents.files.set</c>.</summary>
internal sealed class AgentsFilesSetMethod(ConfigStore configuration, WorkspaceFiles files) : GatewayMethod<AgentFilesSetParams, AgentFileResult>(GatewayMethods.AgentsFilesSet)
{
    protected override async ValueTask<MethodResult<AgentFileResult>> RunAsync(AgentFilesSetParams parameters, MethodContext context, CancellationToken cancellationToken)
    {
        var (id, error) = AgentFileRequest.Check(configuration, parameters.AgentId, parameters.Name);
        return id is null
            ? error!
            : new AgentFileResult { Ok = true, AgentId = id, Workspace = files.DirectoryOf(id), File = await files.WriteAsync(id, parameters.Name.Trim(), parameters.Content).ConfigureAwait(false) };
    }
}
