using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Configuration.Options;

namespace OpenClaw.Gateway.Core.Channels;

/// <summary>The settings of a channel's account: the channel's own, with those of the account over them.</summary>
internal static class ChannelSection
{
    private const string Accounts = "accounts";

    public static ConfigSection Of(ConfigSnapshot snapshot, string channel, string accountId)
    {
        var section = snapshot.Root.Section("channels").Section(channel);
        if (section.Section(Accounts).Section(accountId).Node is not { } account)
            return section;
        var merged = (JsonObject)(section.Node?.DeepClone() ?? new JsonObject());
        merged.Remove(Accounts);
        foreach (var (name, value) in account)
            merged[name] = value?.DeepClone();
        return new ConfigSection(merged);
    }
}
