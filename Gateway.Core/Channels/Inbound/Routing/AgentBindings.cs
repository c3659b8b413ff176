using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Gateway.Core.Agents.Roster;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Configuration.Options;
using OpenClaw.Gateway.Core.Sessions.Keys;

namespace OpenClaw.Gateway.Core.Channels.Inbound.Routing;

/// <summary>Which agent a chat talks to, by <c>bindings</c>: its peer, its group for a topic, its account, any account, else the default agent.</summary>
internal static class AgentBindings
{
    private const string DefaultAccount = "default";
    private const string AnyAccount = "*";

    public static string AgentOf(ConfigSnapshot snapshot, InboundMessage message)
    {
        var roster = AgentRoster.Of(snapshot);
        var bindings = snapshot.Root.Sections("bindings").Where(binding => Matches(binding.Section("match"), message)).ToArray();
        var chosen = Find(bindings, match => IsPeer(match, message.Chat, ChatPeer.IdOf(message)))
            ?? (message.Chat is { Type: not ChatType.Direct, ThreadId: not null } ? Find(bindings, match => IsPeer(match, message.Chat, message.Chat.Id)) : null)
            ?? Find(bindings, match => !IsNarrow(match) && match.Text("accountId") != AnyAccount)
            ?? Find(bindings, match => !IsNarrow(match));
        // A binding to an agent that is not there must not make one up.
        return chosen is not null && roster.Find(AgentId.Normalize(chosen)) is { } agent ? agent.Id : roster.Default.Id;
    }

    private static string? Find(ConfigSection[] bindings, Func<ConfigSection, bool> matches)
    {
        foreach (var binding in bindings)
        {
            if (matches(binding.Section("match")))
                return binding.Text("agentId");
        }
        return null;
    }

    private static bool Matches(ConfigSection match, InboundMessage message) =>
        string.Equals(match.Text("channel"), message.Channel, StringComparison.OrdinalIgnoreCase)
        && (match.Text("accountId") ?? DefaultAccount) is var account
        && (account == AnyAccount || string.Equals(account, message.AccountId, StringComparison.OrdinalIgnoreCase));

    private static bool IsNarrow(ConfigSection match) => match.Value("peer") is not null || match.Value("guildId") is not null || match.Value("teamId") is not null;

    private static bool IsPeer(ConfigSection match, ChatAddress chat, string id)
    {
        var peer = match.Section("peer");
        var kind = peer.Text("kind")?.ToLowerInvariant();
        var isKind = chat.Type switch
        {
            ChatType.Direct => kind is "direct" or "dm",
            ChatType.Group => kind is "group",
            _ => kind is "channel",
        };
        return isKind && peer.Value("id")?.ToString().Trim() == id;
    }
}
