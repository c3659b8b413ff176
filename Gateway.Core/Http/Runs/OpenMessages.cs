using OpenClaw.Gateway.Core.Agents.Messages;

namespace OpenClaw.Gateway.Core.Http.Runs;

/// <summary>What a session was told since its last answer: the messages of tries that failed or were cut, which the next one finds.</summary>
internal sealed class OpenMessages
{
    private readonly IReadOnlyList<AgentMessage> _messages;

    private OpenMessages(IReadOnlyList<AgentMessage> messages, IReadOnlyDictionary<string, ToolCallBlock> calls) => (_messages, Calls) = (messages, calls);

    /// <summary>The calls of the last answer, by their ids.</summary>
    public IReadOnlyDictionary<string, ToolCallBlock> Calls { get; }

    public static OpenMessages Of(IReadOnlyList<AgentMessage> history)
    {
        var last = history.Count - 1;
        while (last >= 0 && history[last] is not AssistantMessage { StopReason: not (StopReason.Error or StopReason.Aborted) })
            last--;
        var calls = last < 0 ? [] : ((AssistantMessage)history[last]).ToolCalls.DistinctBy(static call => call.Id).ToDictionary(static call => call.Id, StringComparer.Ordinal);
        return new OpenMessages([.. history.Skip(last + 1)], calls);
    }

    /// <summary>Whether the same was said.</summary>
    public bool Has(UserMessage message) => _messages.OfType<UserMessage>().Any(known => TextOf(known) == TextOf(message) && ImagesOf(known).SequenceEqual(ImagesOf(message)));

    /// <summary>Whether the call was answered. The stand-in of a stored call that nobody has answered is none.</summary>
    public bool HasResult(string callId) => _messages.Any(known => known is ToolResultMessage { IsError: false } result && result.ToolCallId == callId);

    private static string TextOf(UserMessage message) => string.Join('\n', message.Content.OfType<TextBlock>().Select(static block => block.Text));

    private static IEnumerable<(string Data, string MimeType)> ImagesOf(UserMessage message) => message.Content.OfType<ImageBlock>().Select(static image => (image.Data, image.MimeType));
}
