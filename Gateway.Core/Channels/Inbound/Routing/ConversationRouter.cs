using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Configuration.Options;
using OpenClaw.Gateway.Core.Sessions.Keys;
using OpenClaw.Gateway.Core.Sessions.Store;

namespace OpenClaw.Gateway.Core.Channels.Inbound.Routing;

/// <summary>The agent and the session of a chat.</summary>
internal sealed class ConversationRouter(ConfigStore configuration, SessionStores stores)
{
    public SessionKey KeyOf(InboundMessage message)
    {
        var snapshot = configuration.Current;
        return KeyOf(snapshot, stores.Rules, message);
    }

    public static SessionKey KeyOf(ConfigSnapshot snapshot, SessionKeyRules rules, InboundMessage message)
    {
        var agent = AgentBindings.AgentOf(snapshot, message);
        var builder = new SessionKeyBuilder(rules, ScopeOf(snapshot.Session), snapshot.Session.IdentityLinks.ToDictionary(static link => link.Key, static link => (IReadOnlyList<string>)link.Value));
        var peer = ChatPeer.IdOf(message);
        if (message.Chat.Type is not ChatType.Direct)
            return builder.Group(agent, message.Channel, peer, message.Chat.Type is ChatType.Channel);
        var direct = builder.Direct(agent, message.Channel, message.AccountId, peer);
        // One session for everything is one for the topics of direct chats too.
        if (rules.GlobalScope && direct == rules.MainOf(agent))
            direct = rules.Canonicalize(direct.Value) ?? direct;
        return direct.IsReserved ? direct : SessionKeyBuilder.Thread(direct, message.Chat.ThreadId);
    }

    private static DirectMessageScope ScopeOf(SessionOptions session) => session.DmScope switch
    {
        "per-peer" => DirectMessageScope.PerPeer,
        "per-channel-peer" => DirectMessageScope.PerChannelPeer,
        "per-account-channel-peer" => DirectMessageScope.PerAccountChannelPeer,
        _ => DirectMessageScope.Main,
    };
}
