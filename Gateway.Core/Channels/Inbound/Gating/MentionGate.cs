using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Gateway.Core.Channels.Inbound.Access;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Sessions.Store;

namespace OpenClaw.Gateway.Core.Channels.Inbound.Gating;

/// <summary>What the gate said of a message in a group.</summary>
/// <param name="Passes">The agent is to answer.</param>
/// <param name="WasMentioned">It was spoken to.</param>
internal readonly record struct GateVerdict(bool Passes, bool WasMentioned);

/// <summary>Whether a message in a group is for the agent.</summary>
internal sealed class MentionGate(MentionPatterns patterns)
{
    /// <param name="snapshot">The configuration.</param>
    /// <param name="rules">The group's rules.</param>
    /// <param name="agentId">The agent.</param>
    /// <param name="session">The group's session, which <c>/activation</c> may have changed; null when there is none.</param>
    /// <param name="message">The message.</param>
    /// <param name="isCommand">It is a command of somebody who may give commands.</param>
    public GateVerdict Check(ConfigSnapshot snapshot, ChatRules rules, string agentId, SessionEntry? session, InboundMessage message, bool isCommand)
    {
        if (message.Chat.Type is ChatType.Direct)
            return new GateVerdict(Passes: true, WasMentioned: true);
        // Who presses a button or picks one of our commands from the menu speaks to the agent; a command that we do not know is of another bot.
        var mentioned = message.WasMentioned || message.Kind is InboundKind.Button || (message.IsNativeCommand && isCommand)
            || (!(message.MentionsOthers && message.Channel == "whatsapp") && patterns.Match(snapshot, agentId, message.Text));
        var required = session?.GroupActivation switch { "always" => false, "mention" => true, _ => rules.RequireMention };
        return new GateVerdict(!required || mentioned || (isCommand && !message.MentionsOthers), mentioned);
    }
}
