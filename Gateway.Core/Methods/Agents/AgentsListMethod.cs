using OpenClaw.Gateway.Core.Agents.Roster;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Core.Health;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Agents;
using OpenClaw.Gateway.Protocol.Methods.Status;

namespace OpenClaw.Gateway.Core.Methods.Agents;

/// <summary><c>agents.list</c>: the configured agents.</summary>
internal sealed class AgentsListMethod(ConfigStore configuration, ISessionRouting routing) : GatewayMethod<EmptyParams, AgentsListResult>(GatewayMethods.AgentsList)
{
    protected override ValueTask<MethodResult<AgentsListResult>> RunAsync(EmptyParams parameters, MethodContext context, CancellationToken cancellationToken)
    {
        var roster = AgentRoster.Of(configuration.Current);
        var defaults = routing.Defaults;
        return ValueTask.FromResult<MethodResult<AgentsListResult>>(new AgentsListResult
        {
            DefaultId = roster.Default.Id,
            MainKey = defaults.MainKey,
            Scope = defaults.Scope,
            Agents = [.. roster.Agents.Select(agent => new AgentRow
            {
                Id = agent.Id,
                Name = agent.Name,
                Identity = agent.Identity is not { } identity ? null : new AgentIdentity
                {
                    Name = identity.Name,
                    Theme = identity.Theme,
                    Emoji = identity.Emoji,
                    Avatar = identity.Avatar,
                    AvatarUrl = identity.Avatar is { } avatar && Uri.TryCreate(avatar, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" or "data" ? identity.Avatar : null,
                },
            })],
        });
    }
}
