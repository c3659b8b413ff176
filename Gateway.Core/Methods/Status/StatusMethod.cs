using System.Text.Json;
using OpenClaw.Gateway.Core.Agents.Roster;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Core.Health;
using OpenClaw.Gateway.Core.Presence;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Status;

namespace OpenClaw.Gateway.Core.Methods.Status;

/// <summary><c>status</c>: agents' heartbeats and the newest sessions.</summary>
internal sealed class StatusMethod(ConfigStore configuration, ISessionOverview sessions, SystemEventQueue systemEvents, TimeProvider time)
    : GatewayMethod<JsonElement, StatusSummary>(GatewayMethods.Status)
{
    protected override ValueTask<MethodResult<StatusSummary>> HandleAsync(JsonElement parameters, MethodContext context, CancellationToken cancellationToken)
    {
        var roster = AgentRoster.Of(configuration.Current);
        var summary = new StatusSummary
        {
            Heartbeat = new StatusHeartbeat
            {
                DefaultAgentId = roster.Default.Id,
                Agents = [.. roster.Agents.Select(agent => new StatusHeartbeatAgent
                {
                    AgentId = agent.Id,
                    Enabled = agent.Heartbeat.EveryMs is not null,
                    Every = agent.Heartbeat.Every,
                    EveryMs = agent.Heartbeat.EveryMs,
                })],
            },
            ChannelSummary = [],
            QueuedSystemEvents = systemEvents.Waiting,
            Sessions = sessions.ForStatus([.. roster.Agents.Select(agent => agent.Id)], time.GetUtcNow().ToUnixTimeMilliseconds()),
        };
        return ValueTask.FromResult<MethodResult<StatusSummary>>(summary);
    }
}
