using System.Text.Json;
using OpenClaw.Gateway.Protocol.Events;

namespace OpenClaw.Gateway.Core.Agents.Runs;

/// <summary>
/// Turns one run's events into the <c>agent</c> and <c>chat</c> events of the wire: numbers them, thins out chat deltas and
/// shows as much of the tools as the verbose level allows. One instance per run; not thread-safe, as a run's events come one
/// at a time.
/// </summary>
internal sealed class RunEventMapper(AgentRun run, VerboseLevel verbose)
{
    /// <summary>Shortest time between two chat deltas of a run, as in the peer.</summary>
    private const long DeltaIntervalMs = 150;

    private long _seq;
    private long? _lastDeltaAtMs;
    private ReadOnlyMemory<char> _text;

    public IReadOnlyList<RunFrame> Map(RunEvent runEvent)
    {
        // Every event takes a number, also one nobody may see: that is how a run's numbers tell of its work.
        _seq++;
        return runEvent switch
        {
            RunStarted e => [Agent(e, "lifecycle", w => WriteStart(w, e.AtMs))],
            // For its clients the run goes on, on another core.
            RunEnded { AbortReason: RunAbortReason.Overtaken } => [],
            RunEnded e => End(e),
            RunFailed e => Fail(e),
            AssistantText e => Text(e),
            AssistantReset => Reset(),
            ToolStarted or ToolUpdated or ToolFinished => Tool(runEvent),
            CompactionStarted e => [Agent(e, "compaction", static w => w.WriteString("phase", "start"))],
            CompactionEnded e => [Agent(e, "compaction", w => WriteCompactionEnd(w, e))],
            _ => throw new ArgumentOutOfRangeException(nameof(runEvent), runEvent, "Unknown run event."),
        };
    }

    /// <summary>Takes note of text that goes to nobody: it has its number all the same, and its place in the last message.</summary>
    public void Pass(AssistantText text)
    {
        _seq++;
        _text = text.Text;
    }

    private static void WriteStart(Utf8JsonWriter writer, long startedAt)
    {
        writer.WriteString("phase", "start");
        writer.WriteNumber("startedAt", startedAt);
    }

    private static void WriteCompactionEnd(Utf8JsonWriter writer, CompactionEnded e)
    {
        writer.WriteString("phase", "end");
        writer.WriteBoolean("willRetry", e.WillRetry);
    }

    private RunFrame[] End(RunEnded e)
    {
        var aborted = e.AbortReason is not null;
        var agent = Agent(e, "lifecycle", w =>
        {
            w.WriteString("phase", "end");
            if (aborted && e.StartedAtMs is { } startedAt)
                w.WriteNumber("startedAt", startedAt);
            w.WriteNumber("endedAt", e.AtMs);
            if (aborted)
                w.WriteBoolean("aborted", true);
        });
        var chat = aborted
            ? Chat("aborted") with { StopReason = StopReasonOf(e.AbortReason!.Value) }
            : Chat("final") with { Message = _text.Length > 0 ? Message(_text, e.AtMs) : null };
        return WithChat(agent, chat);
    }

    private RunFrame[] Fail(RunFailed e)
    {
        var agent = Agent(e, "lifecycle", w =>
        {
            w.WriteString("phase", "error");
            if (e.StartedAtMs is { } startedAt)
                w.WriteNumber("startedAt", startedAt);
            w.WriteNumber("endedAt", e.AtMs);
            w.WriteString("error", e.Error);
        });
        return WithChat(agent, Chat("error") with { ErrorMessage = e.Error });
    }

    private RunFrame[] Text(AssistantText e)
    {
        _text = e.Text;
        var agent = Agent(e, "assistant", w =>
        {
            w.WriteString("text", e.Text.Span);
            w.WriteString("delta", e.Delta);
            if (e.MediaUrls is not { Count: > 0 } urls)
                return;
            w.WriteStartArray("mediaUrls");
            foreach (var url in urls)
                w.WriteStringValue(url);
            w.WriteEndArray();
        });
        if (_lastDeltaAtMs is { } last && e.AtMs - last < DeltaIntervalMs)
            return [agent];
        _lastDeltaAtMs = e.AtMs;
        return WithChat(agent, Chat("delta") with { Message = Message(e.Text, e.AtMs) }, dropIfSlow: true);
    }

    private RunFrame[] Reset()
    {
        _text = default;
        _lastDeltaAtMs = null;
        // Nothing goes out, so no number may be missing.
        _seq--;
        return [];
    }

    private RunFrame[] Tool(RunEvent runEvent)
    {
        if (verbose == VerboseLevel.Off)
            return [];
        var full = verbose == VerboseLevel.Full;
        var frame = Agent(runEvent, "tool", w =>
        {
            switch (runEvent)
            {
                case ToolStarted e:
                    WriteToolHead(w, "start", e.Name, e.ToolCallId);
                    EventJson.WriteNode(w, "args", e.Args);
                    break;
                case ToolUpdated e:
                    WriteToolHead(w, "update", e.Name, e.ToolCallId);
                    if (full)
                        EventJson.WriteToolResult(w, "partialResult", e.PartialResult);
                    break;
                case ToolFinished e:
                    WriteToolHead(w, "result", e.Name, e.ToolCallId);
                    if (e.Meta is not null)
                        w.WriteString("meta", e.Meta);
                    w.WriteBoolean("isError", e.IsError);
                    if (full)
                        EventJson.WriteToolResult(w, "result", e.Result);
                    break;
            }
        });
        return [frame with { ToolRecipientsOnly = true }];
    }

    private static void WriteToolHead(Utf8JsonWriter writer, string phase, string name, string toolCallId)
    {
        writer.WriteString("phase", phase);
        writer.WriteString("name", name);
        writer.WriteString("toolCallId", toolCallId);
    }

    // A heartbeat is nobody's conversation: clients may follow its work, but no chat window shows it.
    private RunFrame[] WithChat(RunFrame agent, ChatEvent chat, bool dropIfSlow = false) =>
        run.Request.IsHeartbeat ? [agent] : [agent, new RunFrame { Chat = chat, DropIfSlow = dropIfSlow }];

    private RunFrame Agent(RunEvent runEvent, string stream, Action<Utf8JsonWriter> writeData) => new()
    {
        Agent = new AgentEvent
        {
            RunId = run.RunId,
            Stream = stream,
            Data = EventJson.Build(writeData),
            Seq = _seq,
            Ts = runEvent.AtMs,
            SessionKey = run.EventSessionKey,
        },
    };

    private ChatEvent Chat(string state) => new()
    {
        RunId = run.RunId,
        SessionKey = run.EventSessionKey,
        Seq = _seq,
        State = state,
    };

    private static JsonElement Message(ReadOnlyMemory<char> text, long atMs) => EventJson.Build(w =>
    {
        w.WriteString("role", "assistant");
        w.WriteStartArray("content");
        w.WriteStartObject();
        w.WriteString("type", "text");
        w.WriteString("text", text.Span);
        w.WriteEndObject();
        w.WriteEndArray();
        w.WriteNumber("timestamp", atMs);
    });

    private static string StopReasonOf(RunAbortReason reason) => reason switch
    {
        RunAbortReason.Rpc => "rpc",
        RunAbortReason.Stop => "stop",
        RunAbortReason.Timeout => "timeout",
        RunAbortReason.Interrupt => "interrupt",
        RunAbortReason.Shutdown => "shutdown",
        RunAbortReason.Overtaken => "overtaken",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, null),
    };
}
