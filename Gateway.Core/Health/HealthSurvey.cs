using OpenClaw.Gateway.Core.Agents.Roster;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Protocol.Methods.Status;

namespace OpenClaw.Gateway.Core.Health;

/// <summary>Looks at everything that health is about, now.</summary>
internal sealed class HealthSurvey(ConfigStore configuration, ISessionOverview sessions, TimeProvider time)
{
    public HealthSnapshot Take()
    {
        var started = time.GetTimestamp();
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var roster = AgentRoster.Of(configuration.Current);
        var agents = roster.Agents.Select(agent => Agent(agent, now)).ToArray();
        return new HealthSnapshot
        {
            Ok = true,
            Ts = now,
            DurationMs = (long)time.GetElapsedTime(started).TotalMilliseconds,
            // No channel module is part of this gateway yet.
            Channels = new Dictionary<string, System.Text.Json.JsonElement>(),
            ChannelOrder = [],
            ChannelLabels = new Dictionary<string, string>(),
            HeartbeatSeconds = (roster.Default.Heartbeat.EveryMs ?? 0) / 1000,
            DefaultAgentId = roster.Default.Id,
            Agents = agents,
            Sessions = agents.First(agent => agent.IsDefault).Sessions,
        };
    }

    private HealthAgent Agent(RosterAgent agent, long now) => new()
    {
        AgentId = agent.Id,
        Name = agent.Name,
        IsDefault = agent.IsDefault,
        Heartbeat = new HealthHeartbeat
        {
            Enabled = agent.Heartbeat.EveryMs is not null,
            Every = agent.Heartbeat.Every,
            EveryMs = agent.Heartbeat.EveryMs,
            Prompt = agent.Heartbeat.Prompt,
            Target = agent.Heartbeat.Target,
            Model = agent.Heartbeat.Model,
            AckMaxChars = agent.Heartbeat.AckMaxChars,
        },
        Sessions = sessions.ForHealth(agent.Id, now),
    };
}
