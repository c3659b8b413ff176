using OpenClaw.Gateway.Core.Agents.Roster;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Core.Sessions.Keys;
using OpenClaw.Gateway.Core.Sessions.Store;
using OpenClaw.Gateway.Protocol.Errors;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Agents;

namespace OpenClaw.Gateway.Core.Methods.Agents;

/// <summary><c>agent.identity.get</c>: what a chat window shows as the agent's name and picture.</summary>
internal sealed class AgentIdentityGetMethod(ConfigStore configuration, SessionStores stores)
    : GatewayMethod<AgentIdentityGetParams, AgentIdentityGetResult>(GatewayMethods.AgentIdentityGet)
{
    private const string DefaultName = "Assistant";

    protected override ValueTask<MethodResult<AgentIdentityGetResult>> RunAsync(AgentIdentityGetParams parameters, MethodContext context, CancellationToken cancellationToken)
    {
        var asked = parameters.AgentId is { } text ? AgentId.Normalize(text) : null;
        var ofSession = stores.Rules.Canonicalize(parameters.SessionKey)?.AgentId;
        if (asked is not null && ofSession is not null && asked != ofSession)
        {
            return ValueTask.FromResult<MethodResult<AgentIdentityGetResult>>(ErrorShape.InvalidRequest(
                $"invalid agent.identity.get params: agent \"{asked}\" does not match session key agent \"{ofSession}\""));
        }
        var agentId = asked ?? ofSession ?? stores.Rules.DefaultAgentId;
        var agent = AgentRoster.Of(configuration.Current).Find(agentId);
        var name = agent?.Identity?.Name ?? agent?.Name ?? DefaultName;
        return ValueTask.FromResult<MethodResult<AgentIdentityGetResult>>(new AgentIdentityGetResult
        {
            AgentId = agentId,
            Name = name,
            Avatar = agent?.Identity?.Avatar ?? agent?.Identity?.Emoji ?? name[..1].ToUpperInvariant(),
            Emoji = agent?.Identity?.Emoji,
        });
    }
}
