using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Gateway.Core.Approvals;
using OpenClaw.Gateway.Core.Auditing;
using OpenClaw.Gateway.Core.Channels.Inbound.Access;
using OpenClaw.Gateway.Core.Channels.Inbound.Envelope;
using OpenClaw.Gateway.Core.Channels.Inbound.Pairing;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Configuration.Writing;

namespace OpenClaw.Gateway.Core.Channels.Inbound.Commands;

/// <summary>Who may write, and which of the agent's commands may run: for senders whom the operator named.</summary>
internal sealed class AccessCommands(AccessCheck access, PairingStore pairing, ConfigStore configuration, SharedApprovals approvals, Audit audit) : ICommandFamily
{
    private const string Usage = "⚙️ Use: /allowlist list | add [dm|group] <id> | remove [dm|group] <id>";

    /// <summary>Longest id that is taken, in characters.</summary>
    private const int MaxEntry = 128;

    public IReadOnlyList<ChatCommand> Commands =>
    [
        new(["allowlist"], "Who may write to me: list, add, remove", AllowListAsync) { NeedsOwner = true },
        new(["approve"], "Decide about a command that waits: <id> allow-once|allow-always|deny", ApproveAsync) { NeedsOwner = true },
    ];

    private async Task<CommandAnswer> AllowListAsync(CommandCall call, CancellationToken cancellationToken)
    {
        var words = call.Text.Words;
        try
        {
            return words switch
            {
                [] or ["list"] or ["list", "dm" or "group"] => await ListAsync(call, cancellationToken).ConfigureAwait(false),
                ["add" or "remove", "dm", var entry] => await ChangeDirectAsync(call, words[0] == "add", entry, cancellationToken).ConfigureAwait(false),
                ["add" or "remove", "group", var entry] => await ChangeGroupAsync(call, words[0] == "add", entry, cancellationToken).ConfigureAwait(false),
                ["add" or "remove", var entry] when entry is not ("dm" or "group") => await ChangeDirectAsync(call, words[0] == "add", entry, cancellationToken).ConfigureAwait(false),
                _ => Usage,
            };
        }
        catch (JsonException)
        {
            return "⚙️ The file of approved senders cannot be read; it is left as it is.";
        }
    }

    private async Task<CommandAnswer> ListAsync(CommandCall call, CancellationToken cancellationToken)
    {
        var rules = ChatRules.Of(configuration.Current, call.Message);
        var approved = await pairing.ReadAllowedAsync(call.Message.Channel, cancellationToken).ConfigureAwait(false);
        return $"⚙️ Direct messages ({rules.DmPolicy}): {Names([.. rules.AllowFrom, .. approved])}\nGroups ({rules.GroupPolicy}): {Names(rules.GroupAllowFrom(approved))}";
    }

    /// <summary>Direct messages: the file that approvals go to.</summary>
    private async Task<CommandAnswer> ChangeDirectAsync(CommandCall call, bool isAdded, string written, CancellationToken cancellationToken)
    {
        if (EntryOf(call, written) is not { } entry)
            return Usage;
        if (isAdded)
        {
            await pairing.AllowAsync(call.Message.Channel, entry, cancellationToken).ConfigureAwait(false);
            access.Noted(call.Message.Channel, await pairing.ReadAllowedAsync(call.Message.Channel, cancellationToken).ConfigureAwait(false));
            audit.SenderApproved(call.Actor, call.Message.Channel, entry);
            return ChatRules.Of(configuration.Current, call.Message).DmPolicy is "disabled" ? $"⚙️ {entry} is on the list, but direct messages are off." : $"⚙️ {entry} may write to me.";
        }
        var isRemoved = await pairing.DisallowAsync(call.Message.Channel, entry, cancellationToken).ConfigureAwait(false);
        if (isRemoved)
            audit.SenderRemoved(call.Actor, call.Message.Channel, entry);
        return $"⚙️ {entry} {AfterDirectRemoval(call, entry, isRemoved)}";
    }

    /// <summary>What the rules make of a sender who is no longer approved.</summary>
    private string AfterDirectRemoval(CommandCall call, string entry, bool isRemoved)
    {
        var channel = call.Message.Channel;
        var rules = ChatRules.Of(configuration.Current, call.Message);
        if (rules.AllowFrom.Any(known => IsIt(channel, known, entry)))
            return $"is in the configuration{(isRemoved ? " too, and may still write to me" : "")}; take it out of channels.{channel}.allowFrom.";
        if (rules.DmPolicy is "open" || (rules.DmPolicy is not "disabled" && AllowList.Of(channel, rules.AllowFrom).HasWildcard))
            return $"is {(isRemoved ? "off" : "not on")} the list, but everybody may write to me.";
        return isRemoved ? "may not write to me any more." : "is not on the list.";
    }

    private static bool IsIt(string channel, string known, string entry) => AllowList.Normalize(channel, known).Equals(entry, StringComparison.OrdinalIgnoreCase);

    /// <summary>Groups: the configuration, which has to allow that it is changed from a chat.</summary>
    private async Task<CommandAnswer> ChangeGroupAsync(CommandCall call, bool isAdded, string written, CancellationToken cancellationToken)
    {
        if (EntryOf(call, written) is not { } entry)
            return Usage;
        if (configuration.Current.Root.Section("commands").Bool("config") is not true)
            return "⚠️ The list for groups is in the configuration, and /config is switched off. The operator can set commands.config to true.";
        var channel = call.Message.Channel;
        // Those who were let in one by one are written down too: the first list for groups would shut them out.
        var approved = await pairing.ReadAllowedAsync(channel, cancellationToken).ConfigureAwait(false);
        var before = ChatRules.Of(configuration.Current, call.Message).GroupAllowFrom(approved);
        var isListed = before.Any(known => IsIt(channel, known, entry));
        if (isListed == isAdded)
            return $"⚙️ {entry} {GroupState(call, entry, approved, isAdded ? "may write to me in groups already" : "is not on the list")}.";
        string[] after = isAdded ? [.. before, entry] : [.. before.Where(known => !IsIt(channel, known, entry))];
        // Without a list of its own, groups would fall back on the one for direct messages.
        if (after.Length == 0)
            return "⚙️ The last one on the list cannot be removed; set groupPolicy to disabled instead.";
        var account = ChannelSection.NameOf(configuration.Current.Root, channel, call.Message.AccountId);
        var accounts = configuration.Current.Root.Section("channels").Section(channel).Section("accounts").Section(account);
        var path = accounts.Exists ? ConfigPath.Of("channels", channel, "accounts", account, "groupAllowFrom") : ConfigPath.Of("channels", channel, "groupAllowFrom");
        var result = await configuration.WriteAsync(new ConfigEdit.Set(path, new JsonArray([.. after.Select(static name => (JsonNode)name)])), cancellationToken).ConfigureAwait(false);
        if (!result.Succeeded)
            return $"⚙️ Not written: {result.Error}";
        if (result.Status is ConfigWriteStatus.Written)
            audit.ConfigWritten(call.Actor, result.Snapshot!.Path, result.Snapshot.Hash);
        return $"⚙️ {entry} {GroupState(call, entry, approved, isAdded ? "may write to me in groups" : "may not write to me in groups any more")}.";
    }

    /// <summary>What the rules for groups make of a sender: the plain sentence where the list decides.</summary>
    private string GroupState(CommandCall call, string entry, IReadOnlyList<string> approved, string plain)
    {
        var rules = ChatRules.Of(configuration.Current, call.Message);
        var allowed = AllowList.Of(call.Message.Channel, rules.GroupAllowFrom(approved));
        var isListed = allowed.Names(new ChatSender(entry));
        if (rules.GroupPolicy is "disabled")
            return $"is {(isListed ? "on" : "not on")} the list, but groups are off";
        if (!isListed && (rules.GroupPolicy is "open" || allowed.HasWildcard))
            return "is not on the list, but everybody may write to me in groups";
        // The chat that this is said in may have a list of its own.
        if (rules.GroupOverride is { } own && AllowList.Of(call.Message.Channel, own) is { HasEntries: true } here && (here.HasWildcard || here.Names(new ChatSender(entry))) != isListed)
            return $"{plain}; this group's own list says otherwise";
        return plain;
    }

    private async Task<CommandAnswer> ApproveAsync(CommandCall call, CancellationToken cancellationToken)
    {
        if (call.Text.Words is not [var id, var word])
            return "⚙️ Use: /approve <id> allow-once|allow-always|deny";
        var decision = word.ToLowerInvariant() switch
        {
            "allow" or "once" or "allow-once" => "allow-once",
            "always" or "allow-always" => "allow-always",
            "deny" or "reject" => "deny",
            _ => null,
        };
        if (decision is null)
            return "⚙️ Use: /approve <id> allow-once|allow-always|deny";
        return await approvals.ResolveAsync(new ApprovalDecision(id, decision, HarmlessText.Label(call.Message.Sender.Name) ?? call.Message.Sender.Id, call.Actor), cancellationToken).ConfigureAwait(false)
            ? $"✅ Decided: {decision}."
            : "⚙️ Nothing with this id waits for a decision; somebody may have decided, or its time is over.";
    }

    /// <summary>Nobody is let in by a wildcard, and by no text that is no id.</summary>
    private static string? EntryOf(CommandCall call, string written) =>
        AllowList.Normalize(call.Message.Channel, written) is { Length: > 0 and <= MaxEntry } entry && entry != "*" && !entry.Any(char.IsControl) ? entry : null;

    private static string Names(IReadOnlyList<string> names) => names.Count == 0 ? "nobody" : string.Join(", ", names.Distinct(StringComparer.OrdinalIgnoreCase).Select(static name => HarmlessText.Label(name) ?? "?"));
}
