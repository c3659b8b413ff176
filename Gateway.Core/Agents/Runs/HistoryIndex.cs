using OpenClaw.Gateway.Core.Agents.Messages;

namespace OpenClaw.Gateway.Core.Agents.Runs;

/// <summary>
/// Finds a message in the history of its session. A message is worked on again when the process ended before its outcome
/// was noted; then it, half of the work, or all of it may be there already, by a run of its own or by the one it was put into.
/// </summary>
internal static class HistoryIndex
{
    /// <summary>Where the message is; -1 when it is not there.</summary>
    public static int Of(IReadOnlyList<AgentMessage> history, RunRequest request)
    {
        if (request.Repeats)
            return -1;
        for (var i = history.Count - 1; i >= 0; i--)
        {
            if (history[i] is UserMessage user && IsSame(user, request))
                return i;
        }
        return -1;
    }

    /// <summary>The first finished answer of a model that saw the message; null when there is none.</summary>
    public static AssistantMessage? AnswerTo(IReadOnlyList<AgentMessage> history, RunRequest request)
    {
        var index = Of(history, request);
        return index < 0 ? null : history.Skip(index + 1).OfType<AssistantMessage>().FirstOrDefault(IsFinished);
    }

    private static bool IsSame(UserMessage user, RunRequest request) =>
        request.AcceptedAtMs == user.TimestampMs && user.Text == request.Message
        // One that had waited may stand there among others, or under a note about others. Its text carries its id.
        || (request.MessageId is { Length: > 0 } id && request.Message.Contains($"[message_id: {id}]", StringComparison.Ordinal) && user.Text.Contains(request.Message, StringComparison.Ordinal));

    private static bool IsFinished(AssistantMessage answer) =>
        answer.StopReason is StopReason.Stop or StopReason.Length && !answer.IsInjected;
}
