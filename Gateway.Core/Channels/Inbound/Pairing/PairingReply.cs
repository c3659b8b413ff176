using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Channels.Abstractions.Status;

namespace OpenClaw.Gateway.Core.Channels.Inbound.Pairing;

/// <summary>What a sender is told who is not known. People read it, and scripts look for the line with the code.</summary>
internal static class PairingReply
{
    /// <param name="channel">The channel.</param>
    /// <param name="message">The message that was not let through.</param>
    /// <param name="code">The code.</param>
    /// <param name="command">The command as a user of this profile types it.</param>
    public static string Of(ChannelDescription channel, InboundMessage message, string code, string command) =>
        $"OpenClaw: access not configured.\n\n{channel.SenderIdLabel}: {message.Sender.PhoneNumber ?? message.Sender.Id}\n\nPairing code: {code}\n\nThe owner of this bot lets you in with:\n{command} pairing approve {message.Channel} {code}";
}
