using System.Security.Cryptography;
using System.Text;
using OpenClaw.Channels.Abstractions.Messages;

namespace OpenClaw.Gateway.Core.Channels.Inbound.Acceptance;

/// <summary>Names the run of a message, the same each time the message comes.</summary>
internal static class RunIds
{
    private const int MaxLength = 200;

    public static string Of(InboundMessage message)
    {
        var kind = message.Kind is InboundKind.Message ? "" : ":" + message.Kind.ToString().ToLowerInvariant();
        var id = $"{message.Channel}:{message.AccountId}:{message.Chat.Id}:{message.MessageId}{kind}";
        return id.Length <= MaxLength && !id.Any(char.IsControl) ? id : $"{message.Channel}:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)))}";
    }
}
