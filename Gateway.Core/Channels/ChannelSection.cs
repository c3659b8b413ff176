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
        if (section.Section(Accounts).Section(NameOf(snapshot.Root, channel, accountId)).Node is not { } account)
            return section;
        var merged = (JsonObject)(section.Node?.DeepClone() ?? new JsonObject());
        merged.Remove(Accounts);
        foreach (var (name, value) in account)
            merged[name] = value?.DeepClone();
        return new ConfigSection(merged);
    }

    /// <summary>
    /// The name that an account has in the file. Its id is the name without white space around it, in small letters: whoever reads the file by the id alone
    /// takes the rules of the channel for those of an account that has its own.
    /// </summary>
    /// <param name="root">The configuration.</param>
    /// <param name="channel">The channel.</param>
    /// <param name="accountId">The account's id; returned when the file names no such account.</param>
    public static string NameOf(ConfigSection root, string channel, string accountId) =>
        root.Section("channels").Section(channel).Section(Accounts).Node?
            .Select(static account => account.Key)
            .FirstOrDefault(name => string.Equals(name.Trim().ToLowerInvariant(), accountId, StringComparison.Ordinal)) ?? accountId;
}
