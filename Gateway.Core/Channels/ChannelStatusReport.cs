using System.Text.Json.Nodes;
using OpenClaw.Channels.Abstractions.Status;
using OpenClaw.Gateway.Bus;
using OpenClaw.Gateway.Core.Configuration;

namespace OpenClaw.Gateway.Core.Channels;

/// <summary>What clients are told of the channels: for <c>channels.status</c>, and the short form for <c>health</c>. The field names are the peer's.</summary>
internal sealed class ChannelStatusReport(ChannelDirectory directory, ConfigStore configuration, TimeProvider time)
{
    /// <summary>The channels that are configured and that some process has, with their accounts.</summary>
    /// <exception cref="BusUnavailableException">The bus cannot be reached.</exception>
    public async Task<IReadOnlyList<(ChannelDescription Channel, IReadOnlyList<AccountStatus> Accounts)>> TakeAsync(CancellationToken cancellationToken)
    {
        var channels = await directory.ListAsync(cancellationToken).ConfigureAwait(false);
        var statuses = (await directory.StatusesAsync(cancellationToken).ConfigureAwait(false)).ToLookup(status => status.Channel, StringComparer.Ordinal);
        return [.. channels.Where(channel => IsConfigured(channel.Id) || statuses[channel.Id].Any(static status => status.Configured)).Select(channel => (channel, (IReadOnlyList<AccountStatus>)[.. statuses[channel.Id]]))];
    }

    /// <summary>The answer of <c>channels.status</c>.</summary>
    public JsonObject ToJson(IReadOnlyList<(ChannelDescription Channel, IReadOnlyList<AccountStatus> Accounts)> channels, IReadOnlyDictionary<string, JsonObject>? probes = null)
    {
        var order = new JsonArray();
        var actions = new JsonObject();
        var (labels, details, images, meta, summaries, accounts, defaults) = (new JsonObject(), new JsonObject(), new JsonObject(), new JsonArray(), new JsonObject(), new JsonObject(), new JsonObject());
        foreach (var (channel, statuses) in channels)
        {
            order.Add((JsonNode)channel.Id);
            labels[channel.Id] = channel.Label;
            actions[channel.Id] = new JsonArray([.. channel.Actions.Select(static action => (JsonNode)action)]);
            details[channel.Id] = channel.DetailLabel ?? channel.Label;
            if (channel.SystemImage is not null)
                images[channel.Id] = channel.SystemImage;
            var about = new JsonObject { ["id"] = channel.Id, ["label"] = channel.Label, ["detailLabel"] = channel.DetailLabel ?? channel.Label };
            if (channel.SystemImage is not null)
                about["systemImage"] = channel.SystemImage;
            meta.Add((JsonNode)about);
            var shown = statuses.Select(status => Account(status, channel, probes)).ToArray();
            accounts[channel.Id] = new JsonArray([.. shown]);
            var first = statuses.FirstOrDefault(status => status.AccountId == channel.DefaultAccountId) ?? (statuses.Count > 0 ? statuses[0] : null);
            defaults[channel.Id] = first?.AccountId ?? channel.DefaultAccountId;
            summaries[channel.Id] = Summary(first, channel, probes);
        }
        return new JsonObject
        {
            ["ts"] = time.GetUtcNow().ToUnixTimeMilliseconds(),
            ["channelOrder"] = order,
            ["channelLabels"] = labels,
            ["channelDetailLabels"] = details,
            ["channelSystemImages"] = images,
            ["channelMeta"] = meta,
            ["channelActions"] = actions,
            ["channels"] = summaries,
            ["channelAccounts"] = accounts,
            ["channelDefaultAccountId"] = defaults,
        };
    }

    /// <summary>One channel in short.</summary>
    public JsonObject Summary(AccountStatus? status, ChannelDescription channel, IReadOnlyDictionary<string, JsonObject>? probes = null)
    {
        var summary = new JsonObject
        {
            ["configured"] = status?.Configured ?? false,
            ["tokenSource"] = status?.TokenSource ?? "none",
            ["running"] = status?.Running ?? false,
            ["connected"] = status?.Connected ?? false,
            ["mode"] = status?.Mode,
            ["lastStartAt"] = status?.LastStartAt,
            ["lastStopAt"] = status?.LastStopAt,
            ["lastError"] = status?.LastError,
            ["lastProbeAt"] = null,
        };
        if (status is not null && probes?.GetValueOrDefault($"{channel.Id}:{status.AccountId}") is { } probe)
        {
            summary["probe"] = probe.DeepClone();
            summary["lastProbeAt"] = time.GetUtcNow().ToUnixTimeMilliseconds();
        }
        return summary;
    }

    private JsonObject Account(AccountStatus status, ChannelDescription channel, IReadOnlyDictionary<string, JsonObject>? probes)
    {
        var section = ChannelSection.Of(configuration.Current, status.Channel, status.AccountId);
        var account = new JsonObject
        {
            ["accountId"] = status.AccountId,
            ["name"] = status.Name,
            ["enabled"] = status.Enabled,
            ["configured"] = status.Configured,
            ["tokenSource"] = status.TokenSource ?? "none",
            ["running"] = status.Running,
            ["connected"] = status.Connected,
            ["reconnectAttempts"] = status.ReconnectAttempts,
            ["lastConnectedAt"] = status.LastConnectedAt,
            ["lastStartAt"] = status.LastStartAt,
            ["lastStopAt"] = status.LastStopAt,
            ["lastError"] = status.LastError,
            ["mode"] = status.Mode,
            ["dmPolicy"] = section.Text("dmPolicy") ?? "pairing",
            ["lastInboundAt"] = status.LastInboundAt,
            ["lastOutboundAt"] = status.LastOutboundAt,
            ["lastTransportActivityAt"] = status.LastActivityAt,
            ["nextAttemptAt"] = status.NextAttemptAt,
            ["healthState"] = HealthOf(status),
        };
        if (status.Name is null)
            account.Remove("name");
        if (status.Identity is not null)
            account["identity"] = status.Identity;
        if (section.Section("groups").Children().Any(static group => group.Value.Bool("requireMention") is false))
            account["allowUnmentionedGroups"] = true;
        if (probes?.GetValueOrDefault($"{channel.Id}:{status.AccountId}") is { } probe)
            account["probe"] = probe.DeepClone();
        return account;
    }

    private static string HealthOf(AccountStatus status) =>
        !status.Enabled ? "disabled"
        : !status.Configured ? "not-configured"
        : status.HasGivenUp ? "stopped"
        : status.Connected ? "healthy"
        : status.Running ? "reconnecting"
        : "stopped";

    private bool IsConfigured(string channel) => configuration.Current.Root.Section("channels").Section(channel).Exists;
}
