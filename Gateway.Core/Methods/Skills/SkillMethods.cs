using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Gateway.Core.Agents.Options;
using OpenClaw.Gateway.Core.Agents.Prompt;
using OpenClaw.Gateway.Core.Agents.Roster;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Protocol.Errors;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Skills;
using OpenClaw.Gateway.Protocol.Methods.Status;

namespace OpenClaw.Gateway.Core.Methods.Skills;

/// <summary>Adds the methods about skills. This gateway loads none yet, so none is told of, and none can be installed.</summary>
internal static class SkillMethods
{
    public static IServiceCollection AddSkillMethods(this IServiceCollection services)
    {
        services.AddSingleton<GatewayMethod, SkillsStatusMethod>();
        services.AddSingleton<GatewayMethod, SkillsBinsMethod>();
        services.AddSingleton<GatewayMethod, SkillsInstallMethod>();
        services.AddSingleton<GatewayMethod, SkillsUpdateMethod>();
        return services;
    }
}

/// <summary><c>skills.status</c>: where an agent's skills would be.</summary>
internal sealed class SkillsStatusMethod(ConfigStore configuration, IAgentConfiguration agents, AgentWorkspace workspace) : JsonMethod<SkillsStatusParams>(GatewayMethods.SkillsStatus)
{
    protected override ValueTask<MethodResult<JsonObject>> RunAsync(SkillsStatusParams parameters, MethodContext context, CancellationToken cancellationToken)
    {
        var roster = AgentRoster.Of(configuration.Current);
        if (parameters.AgentId is { } given && roster.Find(given.Trim().ToLowerInvariant()) is null)
            return ValueTask.FromResult<MethodResult<JsonObject>>(ErrorShape.InvalidRequest($"unknown agent id \"{given}\""));
        var agentId = parameters.AgentId?.Trim().ToLowerInvariant() ?? roster.Default.Id;
        return ValueTask.FromResult<MethodResult<JsonObject>>(new JsonObject
        {
            ["workspaceDir"] = workspace.DirectoryOf(AgentOptions.From(agents.Root, agentId)),
            ["managedSkillsDir"] = Path.Combine(agents.StateDir, "skills"),
            ["skills"] = new JsonArray(),
        });
    }
}

/// <summary><c>skills.bins</c>: programs that skills of this gateway need, for nodes.</summary>
internal sealed class SkillsBinsMethod() : JsonMethod<EmptyParams>(GatewayMethods.SkillsBins)
{
    protected override ValueTask<MethodResult<JsonObject>> RunAsync(EmptyParams parameters, MethodContext context, CancellationToken cancellationToken) =>
        ValueTask.FromResult<MethodResult<JsonObject>>(new JsonObject { ["bins"] = new JsonArray() });
}

/// <summary><c>skills.install</c>: there is no such skill.</summary>
internal sealed class SkillsInstallMethod() : JsonMethod<SkillsInstallParams>(GatewayMethods.SkillsInstall)
{
    protected override ValueTask<MethodResult<JsonObject>> RunAsync(SkillsInstallParams parameters, MethodContext context, CancellationToken cancellationToken)
    {
        var message = "Skill not found: " + parameters.Name;
        return ValueTask.FromResult(MethodResult<JsonObject>.Failed(
            ErrorShape.Unavailable(message),
            new JsonObject { ["ok"] = false, ["message"] = message, ["stdout"] = "", ["stderr"] = "", ["code"] = null }));
    }
}
