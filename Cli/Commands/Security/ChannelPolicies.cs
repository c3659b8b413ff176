using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using OpenClaw.Cli.Diagnosis;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Configuration.Options;
using OpenClaw.Gateway.Core.Configuration.Writing;

namespace OpenClaw.Cli.Commands.Security;

/// <summary>Who may write to the agent.</summary>
internal static class ChannelPolicies
{
    /// <summary>A policy of groups, and the key it stands at.</summary>
    public readonly record struct GroupPolicy(string Path, string Policy);

    /// <summary>The written group policies; what is not written lets nobody in.</summary>
    public static IEnumerable<GroupPolicy> GroupPolicies(ConfigSnapshot snapshot) =>
        Accounts(snapshot).Where(static account => account.Settings.Text("groupPolicy") is not null)
            .Select(static account => new GroupPolicy(account.Path + ".groupPolicy", account.Settings.Text("groupPolicy")!));

    public static IEnumerable<Finding> Look(AuditSubject subject)
    {
        var scope = subject.Snapshot.Root.Section("session").Text("dmScope") ?? "main";
        foreach (var account in Accounts(subject.Snapshot))
        {
            var allowed = Entries(account.Settings, "allowFrom");
            var everybody = allowed.Contains("*", StringComparer.Ordinal);
            var policy = account.Settings.Text("dmPolicy");
            if (policy == "open")
            {
                yield return new Finding($"channels.{account.Channel}.dm.open", FindingSeverity.Error, $"Anybody may write to the agent on {account.Channel}",
                    $"{account.Path}.dmPolicy is \"open\": strangers spend your model's money, and try to trick it.")
                {
                    Remedy = "Use \"pairing\" or \"allowlist\".",
                };
                if (!everybody)
                {
                    yield return new Finding($"channels.{account.Channel}.dm.open_invalid", FindingSeverity.Warning, "Two settings contradict each other",
                        $"{account.Path}.dmPolicy is \"open\", and {account.Path}.allowFrom does not contain \"*\".")
                    {
                        Remedy = $"Add \"*\" to {account.Path}.allowFrom if everybody is meant.",
                    };
                }
            }
            else if (policy == "disabled")
            {
                yield return new Finding($"channels.{account.Channel}.dm.disabled", FindingSeverity.Info, $"Nobody may write to the agent on {account.Channel}",
                    $"{account.Path}.dmPolicy is \"disabled\".");
            }
            if (policy != "disabled" && scope == "main" && (everybody || allowed.Count > 1))
            {
                yield return new Finding($"channels.{account.Channel}.dm.scope_main_multiuser", FindingSeverity.Warning, "Several people share one session",
                    $"{account.Path}.allowFrom lets {(everybody ? "everybody" : allowed.Count.ToString(CultureInfo.InvariantCulture) + " people")} in, and session.dmScope is \"main\": the agent may tell one what another said.")
                {
                    Remedy = "Set session.dmScope to \"per-channel-peer\".",
                };
            }
            foreach (var finding in Groups(account))
                yield return finding;
        }
    }

    private static IEnumerable<Finding> Groups(Account account)
    {
        if (account.Settings.Text("groupPolicy") != "open")
            yield break;
        var path = account.Path + ".groupPolicy";
        yield return new Finding($"channels.{account.Channel}.groups.open", FindingSeverity.Warning, $"Every member of a group on {account.Channel} may give orders", $"{path} is \"open\".")
        {
            Remedy = $"Set {path} to \"allowlist\".",
            Repair = new Repair.Edit(
                $"set {path} to \"allowlist\"",
                [new ConfigEdit.Set(ConfigPath.Of(path.Split('.')), JsonValue.Create("allowlist"))]) { NeedsConsent = true },
        };
    }

    /// <summary>The entries of a list of people: texts, and the numbers that some write for ids.</summary>
    public static IReadOnlyList<string> Entries(ConfigSection section, string key) =>
        section.Value(key) is JsonArray list ? [.. list.Where(static item => item is JsonValue).Select(static item => item!.ToString().Trim())] : [];

    /// <summary>Channels, and the accounts that set something of their own.</summary>
    private static IEnumerable<Account> Accounts(ConfigSnapshot snapshot)
    {
        foreach (var (channel, section) in snapshot.Root.Section("channels").Children())
        {
            if (channel == "defaults")
                continue;
            yield return new Account(channel, "channels." + channel, section);
            foreach (var (name, account) in section.Section("accounts").Children())
                yield return new Account(channel, $"channels.{channel}.accounts.{name}", account);
        }
    }

    private sealed record Account(string Channel, string Path, ConfigSection Settings);
}
