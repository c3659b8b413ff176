using OpenClaw.Gateway.Core.Agents.Messages;

namespace OpenClaw.Gateway.Core.Sessions.Transcripts;

/// <summary>
/// Makes a stored history one that every provider accepts: failed and aborted answers go, each tool call is followed by
/// exactly one result, and results without a call go.
/// </summary>
internal static class ContextCleaning
{
    /// <summary>What a model reads in place of a result that was never stored, as after a crash in a tool.</summary>
    public const string MissingResult = "No result provided";

    public static IReadOnlyList<AgentMessage> Clean(IReadOnlyList<AgentMessage> messages)
    {
        var clean = new List<AgentMessage>(messages.Count);
        for (var i = 0; i < messages.Count; i++)
        {
            switch (messages[i])
            {
                case ToolResultMessage:
                case AssistantMessage { StopReason: StopReason.Error or StopReason.Aborted }:
                    break;
                case AssistantMessage answer:
                    clean.Add(answer);
                    AddResults(clean, answer, messages, i + 1);
                    break;
                default:
                    clean.Add(messages[i]);
                    break;
            }
        }
        return clean;
    }

    private static void AddResults(List<AgentMessage> clean, AssistantMessage answer, IReadOnlyList<AgentMessage> messages, int from)
    {
        var calls = answer.ToolCalls.DistinctBy(static call => call.Id).ToList();
        if (calls.Count == 0)
            return;

        // A user's message or a note of the gateway may stand between a call and its result; results never come after the next answer.
        var results = new Dictionary<string, ToolResultMessage>(StringComparer.Ordinal);
        for (var i = from; i < messages.Count && messages[i] is not AssistantMessage { IsInjected: false }; i++)
        {
            if (messages[i] is ToolResultMessage result)
                results.TryAdd(result.ToolCallId, result);
        }
        foreach (var call in calls)
            clean.Add(results.GetValueOrDefault(call.Id) ?? Missing(call, answer.TimestampMs));
    }

    private static ToolResultMessage Missing(ToolCallBlock call, long time) => new([new TextBlock(MissingResult)], time)
    {
        ToolCallId = call.Id,
        ToolName = call.Name,
        IsError = true,
    };
}
