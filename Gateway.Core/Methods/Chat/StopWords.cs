using OpenClaw.Channels.Abstractions.Messages;

namespace OpenClaw.Gateway.Core.Methods.Chat;

/// <summary>Messages that stop the session's runs instead of starting one.</summary>
internal static class StopWords
{
    public static bool Matches(string message) => UrgentText.Stops(message);
}
