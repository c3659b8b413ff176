using OpenClaw.Channels.Telegram.Api;

namespace OpenClaw.Channels.Telegram.Polling;

/// <summary>What is told of a poll that failed: what it means, and what somebody could do.</summary>
internal static class PollTrouble
{
    public static string Describe<T>(BotAnswer<T> answer) => answer.Code switch
    {
        401 or 404 when answer.Outcome is BotOutcome.Refused => $"Telegram does not accept the bot token ({answer.Code} {answer.Error}); if it was revoked, set the new one",
        409 => $"somebody else polls with this bot token ({answer.Error})",
        429 => $"Telegram asks for a pause ({answer.Error})",
        _ => answer.Error,
    };
}
