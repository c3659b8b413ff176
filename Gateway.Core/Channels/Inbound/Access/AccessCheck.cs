using System.Collections.Concurrent;
using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Gateway.Core.Auditing;
using OpenClaw.Gateway.Core.Channels.Inbound.Pairing;
using OpenClaw.Gateway.Core.Configuration;

namespace OpenClaw.Gateway.Core.Channels.Inbound.Access;

/// <summary>Says who may talk to the agent. Configuration and store are read anew for each message, so that an approval acts at once.</summary>
internal sealed class AccessCheck(ConfigStore configuration, PairingStore pairing, HandleOwners handles, Audit audit)
{
    private readonly ConcurrentDictionary<string, IReadOnlyList<string>> _approved = new(StringComparer.Ordinal);

    /// <summary>Looks at a message's sender.</summary>
    /// <exception cref="IOException">The store of approved senders cannot be read.</exception>
    public async Task<AccessVerdict> CheckAsync(InboundMessage message, CancellationToken cancellationToken)
    {
        var approved = await pairing.ReadAllowedAsync(message.Channel, cancellationToken).ConfigureAwait(false);
        Note(message.Channel, approved);
        var snapshot = configuration.Current;
        return Decide(snapshot, await VerifiedAsync(snapshot, message, approved, cancellationToken).ConfigureAwait(false), approved);
    }

    /// <summary>The message without a handle that is on a list and is not its sender's.</summary>
    private async Task<InboundMessage> VerifiedAsync(ConfigSnapshot snapshot, InboundMessage message, IReadOnlyList<string> approved, CancellationToken cancellationToken)
    {
        var rules = ChatRules.Of(snapshot, message);
        var listed = AllowList.Of(message.Channel, rules.AllowFrom, rules.GroupAllowFrom(approved), rules.GroupOverride ?? [], Owners(snapshot, message.Channel) ?? [], approved);
        if (!listed.NamesByHandle(message.Sender) || await handles.OwnsAsync(message.Channel, message.Sender.Username!, message.Sender.Id, cancellationToken).ConfigureAwait(false))
            return message;
        return message with { Sender = message.Sender with { Username = null } };
    }

    /// <summary>People are let in by a command that works on the files, with or without a gateway that runs.</summary>
    private void Note(string channel, IReadOnlyList<string> approved)
    {
        if (_approved.TryGetValue(channel, out var before) && before.SequenceEqual(approved))
            return;
        _approved[channel] = approved;
        foreach (var sender in before is null ? [] : approved.Except(before, StringComparer.Ordinal))
            audit.SenderApprovedOnHost(channel, sender);
    }

    /// <summary>The rules themselves.</summary>
    public static AccessVerdict Decide(ConfigSnapshot snapshot, InboundMessage message, IReadOnlyList<string> approved)
    {
        var rules = ChatRules.Of(snapshot, message);
        var isDirect = message.Chat.Type is ChatType.Direct;
        var allowed = isDirect
            ? AllowList.Of(message.Channel, rules.AllowFrom, approved)
            : AllowList.Of(message.Channel, rules.AllowedHere(approved));
        var refusal = isDirect ? Direct(rules, allowed, message.Sender) : Group(rules, allowed, message.Sender);
        if (refusal is null && message.Kind is InboundKind.Button && !ButtonScope.Allows(rules.ButtonScope, message.Chat.Type, allowed.Allows(message.Sender) || (isDirect && rules.DmPolicy == "open")))
            refusal = AccessVerdict.Ignored("a press that does not count here");
        if (refusal is not null)
            return refusal;
        var mayCommand = MayCommand(snapshot, message, allowed);
        var named = AllowList.Of(message.Channel, Owners(snapshot, message.Channel) ?? [.. rules.AllowFrom, .. approved]);
        return new AccessVerdict(AccessOutcome.Allowed) { MayCommand = mayCommand, IsOwner = mayCommand && named.Names(message.Sender) };
    }

    /// <summary>Somebody was let in by somebody who is known, and who is in the audit log for it.</summary>
    public void Noted(string channel, IReadOnlyList<string> approved) => _approved[channel] = approved;

    private static AccessVerdict? Direct(ChatRules rules, AllowList allowed, ChatSender sender) => rules.DmPolicy switch
    {
        "disabled" => AccessVerdict.Ignored("direct messages are off"),
        "open" => null,
        _ when allowed.Allows(sender) => null,
        "pairing" => new AccessVerdict(AccessOutcome.NeedsPairing),
        // A policy that nobody knows lets nobody in.
        _ => AccessVerdict.Ignored("not on the allowlist"),
    };

    private static AccessVerdict? Group(ChatRules rules, AllowList allowed, ChatSender sender)
    {
        if (!rules.IsEnabled)
            return AccessVerdict.Ignored("the group is off");
        // A list that is written for this group holds under every policy; one without a name in it limits nobody.
        if (rules.GroupOverride is not null && allowed.HasEntries && !allowed.Allows(sender))
            return AccessVerdict.Ignored("not on the group's allowlist");
        var refusal = rules.GroupPolicy switch
        {
            "open" => null,
            "disabled" => "groups are off",
            _ when allowed.Allows(sender) => null,
            _ => "not on the allowlist for groups",
        };
        if (refusal is null && !rules.IsListed)
            refusal = "the group is not listed";
        return refusal is null ? null : AccessVerdict.Ignored(refusal);
    }

    private static bool MayCommand(ConfigSnapshot snapshot, InboundMessage message, AllowList allowed)
    {
        var commands = snapshot.Root.Section("commands");
        if (commands.Bool("useAccessGroups") is not false && !allowed.Allows(message.Sender))
            return false;
        return Owners(snapshot, message.Channel) is not { } owners || AllowList.Of(message.Channel, owners).Allows(message.Sender);
    }

    /// <summary>Those whose commands alone count; null when nobody is named. An owner on another channel is not the one of the same id here.</summary>
    private static IEnumerable<string>? Owners(ConfigSnapshot snapshot, string channel) =>
        AllowList.Read(snapshot.Root.Section("commands"), "ownerAllowFrom") is { IsEmpty: false } owners ? owners.Where(owner => !IsOfAnother(channel, owner)) : null;

    private static bool IsOfAnother(string channel, string entry)
    {
        var colon = entry.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0)
            return false;
        var prefix = entry[..colon].Trim();
        return !prefix.Equals(channel, StringComparison.OrdinalIgnoreCase) && !(channel == "telegram" && prefix.Equals("tg", StringComparison.OrdinalIgnoreCase));
    }
}
