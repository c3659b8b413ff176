using System.Text.Json;
using OpenClaw.Gateway.Core.Agents.Roster;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Core.Methods.Config;
using OpenClaw.Gateway.Core.SafeMode;
using OpenClaw.Gateway.Core.Sessions.Listing;
using OpenClaw.Gateway.Core.Presence;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Status;

namespace OpenClaw.Gateway.Core.Methods.Status;

/// <summary><c>status</c>: agents' heartbeats and the newest sessions.</summary>
internal sealed class StatusMethod(ConfigStore configuration, SessionSummaries sessions, SystemEventQueue systemEvents, SafeModeState safeMode)
    : GatewayMethod<JsonElement, StatusSummary>(GatewayMethods.Status)
{
    protected override async ValueTask<MethodResult<StatusSummary>> RunAsync(JsonElement parameters, MethodContext context, CancellationToken cancellationToken)
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
                    Enabled = false,
                    Every = HeartbeatSettings.Disabled,
                    EveryMs = null,
                })],
            },
            ChannelSummary = [],
            QueuedSystemEvents = systemEvents.Waiting,
            SafeMode = SafeModeViews.Notice(safeMode),
            ConfigProblem = ConfigViews.Problem(configuration.Problem),
            Sessions = await sessions.StatusAsync(cancellationToken).ConfigureAwait(false),
        };
        return summary;
    }
}
