using OpenClaw.Gateway.Core.Agents.Messages;
using OpenClaw.Gateway.Core.Agents.Runs;

namespace OpenClaw.Gateway.Core.Http.Runs;

/// <summary>
/// A conversation as its caller tells it, up to the message that is to be answered. A session that remembers nothing takes it over
/// message by message; one that remembers is told only what came since the last answer, as it knows the rest.
/// </summary>
internal sealed class ClientConversation : IRunOpening
{
    private const string ContextMark = "[Chat messages since your last reply - for context]";
    private const string CurrentMark = "[Current message - respond to this]";

    private readonly IReadOnlyList<ClientEntry> _entries;

    private ClientConversation(IReadOnlyList<ClientEntry> entries) => _entries = entries;

    /// <summary>The text to be answered; empty for one that goes on with tool results or pictures alone.</summary>
    public string CurrentText => _entries[^1].Text;

    /// <summary>The conversation up to its last user or tool message; without one, up to its last message. Null when there is nothing to answer.</summary>
    public static ClientConversation? Of(IEnumerable<ClientEntry> entries)
    {
        var list = entries.Where(static entry => !entry.IsEmpty).ToList();
        var current = list.FindLastIndex(static entry => entry.Role is not ClientRole.Assistant);
        // Only the assistant has spoken: what it said last is asked about.
        if (current < 0)
            current = list.FindLastIndex(static entry => entry.Text.Length > 0);
        return current < 0 ? null : new ClientConversation(list[..(current + 1)]);
    }

    public IReadOnlyList<AgentMessage> Messages(IReadOnlyList<AgentMessage> history, long nowMs) =>
        history.Count == 0 ? TakeOver(nowMs) : Continue(history, nowMs);

    private List<AgentMessage> TakeOver(long nowMs)
    {
        var messages = new List<AgentMessage>(_entries.Count);
        var open = new Dictionary<string, ToolCallBlock>(StringComparer.Ordinal);
        for (var i = 0; i < _entries.Count; i++)
        {
            var entry = _entries[i];
            switch (entry.Role)
            {
                case ClientRole.Assistant when i < _entries.Count - 1:
                    messages.Add(Assistant(entry, nowMs));
                    open = entry.Calls.DistinctBy(static call => call.Id).ToDictionary(static call => call.Id, StringComparer.Ordinal);
                    break;
                case ClientRole.Tool when entry.CallId is { } id && open.Remove(id, out var call):
                    messages.Add(Result(entry, call, nowMs));
                    break;
                case ClientRole.Tool:
                    messages.Add(new UserMessage($"{entry.Sender}: {entry.Text}", nowMs));
                    break;
                default:
                    messages.Add(User(entry.Text, entry.Images, nowMs));
                    break;
            }
        }
        return messages;
    }

    private List<AgentMessage> Continue(IReadOnlyList<AgentMessage> history, long nowMs)
    {
        var messages = new List<AgentMessage>();
        var open = OpenMessages.Of(history);
        var since = _entries.Skip(_entries.Count - 1 - NewBefore()).ToList();
        foreach (var entry in since.Where(entry => Answers(entry, open.Calls)))
        {
            if (!open.HasResult(entry.CallId!))
                messages.Add(Result(entry, open.Calls[entry.CallId!], nowMs));
        }
        // What an earlier try has told stays told, though nobody answered it.
        var said = since.Where(entry => !Answers(entry, open.Calls)).SkipWhile(entry => entry.Role is not ClientRole.Tool && open.Has(User(entry.Text, entry.Images, nowMs))).ToList();
        if (said.Count > 0 && User(Tell(said), [.. said.SelectMany(static entry => entry.Images)], nowMs) is var told && !open.Has(told))
            messages.Add(told);
        return messages;
    }

    /// <summary>How many entries before the current one came after the last answer.</summary>
    private int NewBefore()
    {
        var count = 0;
        while (count < _entries.Count - 1 && _entries[_entries.Count - 2 - count].Role is not ClientRole.Assistant)
            count++;
        return count;
    }

    private static bool Answers(ClientEntry entry, IReadOnlyDictionary<string, ToolCallBlock> calls) =>
        entry is { Role: ClientRole.Tool, CallId: { } id } && calls.ContainsKey(id);

    private static string Tell(List<ClientEntry> said)
    {
        if (said is [{ Role: not ClientRole.Tool } only])
            return only.Text;
        var earlier = said.SkipLast(1).Select(Line).ToList();
        return earlier.Count == 0 ? Line(said[^1]) : string.Join('\n', [ContextMark, .. earlier, "", CurrentMark, Line(said[^1])]);
    }

    private static string Line(ClientEntry entry) => $"{entry.Sender}: {entry.Text}";

    private static UserMessage User(string text, IReadOnlyList<ImageBlock> images, long nowMs) =>
        new(text.Length > 0 || images.Count == 0 ? [new TextBlock(text), .. images] : images, nowMs);

    private static AssistantMessage Assistant(ClientEntry entry, long nowMs) =>
        new(entry.Text.Length > 0 ? [new TextBlock(entry.Text), .. entry.Calls] : entry.Calls, nowMs)
        {
            // What the caller says that somebody answered; no model of ours did.
            Api = "openai-completions",
            Provider = "openclaw",
            Model = "told-by-client",
            StopReason = entry.Calls.Count > 0 ? StopReason.ToolUse : StopReason.Stop,
        };

    private static ToolResultMessage Result(ClientEntry entry, ToolCallBlock call, long nowMs) =>
        new([new TextBlock(entry.Text), .. entry.Images], nowMs) { ToolCallId = call.Id, ToolName = call.Name };
}
