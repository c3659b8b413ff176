using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Channels.Abstractions.Status;
using OpenClaw.Gateway.Bus;
using OpenClaw.Gateway.Core.Agents.Roster;
using OpenClaw.Gateway.Core.Channels;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Methods.Config;
using OpenClaw.Gateway.Core.SafeMode;
using OpenClaw.Gateway.Core.Sessions.Listing;
using OpenClaw.Gateway.Protocol.Methods.Status;

namespace OpenClaw.Gateway.Core.Health;

/// <summary>Looks at everything that health is about, now.</summary>
internal sealed class HealthSurvey(ConfigStore configuration, SessionSummaries sessions, ChannelStatusReport channels, IBus bus, SafeModeState safeMode, TimeProvider time)
{
    public async Task<HealthSnapshot> TakeAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var roster = AgentRoster.Of(configuration.Current);
        var agents = new List<HealthAgent>();
        foreach (var agent in roster.Agents)
            agents.Add(Agent(agent, await sessions.HealthOfAsync(agent.Id, cancellationToken).ConfigureAwait(false)));
        var channelsNow = await ChannelsAsync(cancellationToken).ConfigureAwait(false);
        return AsOfNow(new HealthSnapshot
        {
            Ok = true,
            Ts = now,
            DurationMs = (long)time.GetElapsedTime(started).TotalMilliseconds,
            Channels = channelsNow.ToDictionary(static pair => pair.Channel.Id, pair => JsonElement.Parse(SummaryOf(pair.Channel, pair.Accounts).ToJsonString()), StringComparer.Ordinal),
            ChannelOrder = [.. channelsNow.Select(static pair => pair.Channel.Id)],
            ChannelLabels = channelsNow.ToDictionary(static pair => pair.Channel.Id, static pair => pair.Channel.Label, StringComparer.Ordinal),
            HeartbeatSeconds = 0,
            DefaultAgentId = roster.Default.Id,
            Agents = agents,
            Sessions = agents.First(agent => agent.IsDefault).Sessions,
        });
    }

    /// <summary>The snapshot with what is known of the bus and of the configuration file at this moment, which must not be as old as the rest may be.</summary>
    public HealthSnapshot AsOfNow(HealthSnapshot snapshot)
    {
        IReadOnlyList<string> faults = safeMode.IsActive ? [.. bus.Health.Faults, "Safe mode: " + safeMode.Reason] : bus.Health.Faults;
        return snapshot with
        {
            Ok = faults.Count == 0,
            Degraded = faults.Count == 0 ? null : faults,
            SafeMode = SafeModeViews.Notice(safeMode),
            ConfigProblem = ConfigViews.Problem(configuration.Problem),
        };
    }

    private async Task<IReadOnlyList<(ChannelDescription Channel, IReadOnlyList<AccountStatus> Accounts)>> ChannelsAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await channels.TakeAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (BusUnavailableException)
        {
            // The faults of the bus say so.
            return [];
        }
    }

    /// <summary>The channel's default account, and all of them by their ids.</summary>
    private JsonObject SummaryOf(ChannelDescription channel, IReadOnlyList<AccountStatus> accounts)
    {
        var first = accounts.FirstOrDefault(account => account.AccountId == channel.DefaultAccountId) ?? (accounts.Count > 0 ? accounts[0] : null);
        var summary = channels.Summary(first, channel);
        summary["accountId"] = first?.AccountId ?? channel.DefaultAccountId;
        var each = new JsonObject();
        foreach (var account in accounts)
            each[account.AccountId] = channels.Summary(account, channel);
        summary["accounts"] = each;
        return summary;
    }

    private static HealthAgent Agent(RosterAgent agent, HealthSessions sessions) => new()
    {
        AgentId = agent.Id,
        Name = agent.Name,
        IsDefault = agent.IsDefault,
        Heartbeat = new HealthHeartbeat
        {
            Enabled = false,
            Every = HeartbeatSettings.Disabled,
            EveryMs = null,
            Prompt = agent.Heartbeat.Prompt,
            Target = agent.Heartbeat.Target,
            Model = agent.Heartbeat.Model,
            AckMaxChars = agent.Heartbeat.AckMaxChars,
        },
        Sessions = sessions,
    };
}
