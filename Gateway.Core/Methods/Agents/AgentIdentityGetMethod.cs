using OpenClaw.Gateway.Core.Agents.Options;
using OpenClaw.Gateway.Core.Agents.Prompt;
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
internal sealed class AgentIdentityGetMethod(ConfigStore configuration, SessionStores stores, IAgentConfiguration settings, AgentWorkspace workspaces)
    : GatewayMethod<AgentIdentityGetParams, AgentIdentityGetResult>(GatewayMethods.AgentIdentityGet)
{
    protected override async ValueTask<MethodResult<AgentIdentityGetResult>> RunAsync(AgentIdentityGetParams parameters, MethodContext context, CancellationToken cancellationToken)
    {
        var asked = parameters.AgentId is { } text ? AgentId.Normalize(text) : null;
        var ofSession = stores.Rules.Canonicalize(parameters.SessionKey)?.AgentId;
        if (asked is not null && ofSession is not null && asked != ofSession)
        {
            return ErrorShape.InvalidRequest(
                $"invalid agent.identity.get params: agent \"{parameters.AgentId!.Trim()}\" does not match session key agent \"{ofSession}\"");
        }
        var agentId = asked ?? ofSession ?? stores.Rules.DefaultAgentId;
        var snapshot = configuration.Current;
        var ofFile = await IdentityFile.ReadAsync(workspaces.DirectoryOf(AgentOptions.From(settings.Root, agentId)), cancellationToken).ConfigureAwait(false);
        var identity = AssistantIdentity.Resolve(snapshot.Root, AgentRoster.Of(snapshot).Find(agentId)?.Identity, ofFile);
        return new AgentIdentityGetResult { AgentId = agentId, Name = identity.Name, Avatar = identity.Avatar, Emoji = identity.Emoji };
    }
}
