using System.Collections.Concurrent;
using System.Text.Json;
using OpenClaw.Gateway.Core.Agents.Options;
using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Gateway.Core.Broadcasting;
using OpenClaw.Gateway.Core.Cluster;
using OpenClaw.Gateway.Core.Connections;
using OpenClaw.Gateway.Core.Idempotency;
using OpenClaw.Gateway.Core.Nodes;
using OpenClaw.Gateway.Protocol.Events;
using OpenClaw.Gateway.Protocol.Json;

namespace OpenClaw.Gateway.Core.Ingress;

/// <summary>Sends the events of all runs to the clients that may read them.</summary>
internal sealed class RunEventBroadcaster(
    Broadcaster broadcaster, NodeFollowers followers, ConnectionRegistry connections, ToolEventRecipients recipients, RelayOutbox outbox, CoreId self, CoreDirectory cores, IAgentConfiguration configuration) : IRunObserver
{
    private readonly ConcurrentDictionary<AgentRun, RunEventMapper> _mappers = new();

    public void OnRunEvent(AgentRun run, RunEvent runEvent)
    {
        var mapper = _mappers.GetOrAdd(run, static (run, self) => self.CreateMapper(run), this);
        // A delta is all of the text so far: written for nobody, it would be most of what a streamed answer costs.
        if (runEvent is AssistantText text && connections.Count == 0 && !cores.MayHaveOthers)
        {
            mapper.Pass(text);
            return;
        }
        foreach (var frame in mapper.Map(runEvent))
            Send(run, frame, IsHandedOver(runEvent) ? Reach.Core : null);
        if (runEvent is RunEnded or RunFailed)
        {
            _mappers.TryRemove(run, out _);
            if (IsHandedOver(runEvent))
                return;
            recipients.Remove(run.RunId);
            outbox.Post(RelayKind.RunOver, run.RunId, EndOf(runEvent).ToBytes());
        }
    }

    /// <summary>Sends an event that no run stands behind, such as the end of a message that joined another run.</summary>
    public void Send(ChatEvent chat, WhenSlow whenSlow = WhenSlow.Close, Reach? reach = null) =>
        Send(EventNames.Chat, chat.SessionKey, JsonSerializer.SerializeToUtf8Bytes(chat, ProtocolJson.Context.ChatEvent), whenSlow, reach);

    /// <summary>Sends an event of another core's run to the nodes of this one that follow its session.</summary>
    public void Follow(string name, ReadOnlyMemory<byte> payload)
    {
        if (!followers.AreThere)
            return;
        using var document = JsonDocument.Parse(payload);
        followers.Send(name, document.RootElement.TryGetProperty("sessionKey", out var key) ? key.GetString() : null, payload);
    }

    private void Send(string name, string? sessionKey, ReadOnlyMemory<byte> payload, WhenSlow whenSlow, Reach? reach)
    {
        broadcaster.Broadcast(name, payload, whenSlow, reach);
        followers.Send(name, sessionKey, payload);
    }

    /// <summary>The message is another core's now: for that one's clients the run goes on.</summary>
    private static bool IsHandedOver(RunEvent runEvent) => runEvent is RunEnded { AbortReason: RunAbortReason.Shutdown or RunAbortReason.Overtaken };

    private SharedAnswer EndOf(RunEvent runEvent) => new()
    {
        State = AnswerState.Over,
        Core = self.Value,
        StartedAtMs = runEvent switch { RunEnded ended => ended.StartedAtMs, RunFailed failed => failed.StartedAtMs, _ => null },
        EndedAtMs = runEvent.AtMs,
        Failure = (runEvent as RunFailed)?.Error,
        Aborted = runEvent is RunEnded { AbortReason: not null },
    };

    private void Send(AgentRun run, RunFrame frame, Reach? reach)
    {
        var whenSlow = frame.DropIfSlow ? WhenSlow.Drop : WhenSlow.Close;
        if (frame.Chat is { } chat)
        {
            Send(chat, whenSlow, reach);
            return;
        }
        var payload = JsonSerializer.SerializeToUtf8Bytes(frame.Agent!, ProtocolJson.Context.AgentEvent);
        if (!frame.ToolRecipientsOnly)
        {
            Send(EventNames.Agent, frame.Agent!.SessionKey, payload, whenSlow, reach);
            return;
        }
        // The connection that asked may be one of another core.
        outbox.Post(RelayKind.ToolEvent, run.RunId, payload);
        SendToolEvent(run.RunId, payload);
    }

    /// <summary>Sends a tool event to the connections of this core that follow the run.</summary>
    public void SendToolEvent(string runId, ReadOnlyMemory<byte> payload)
    {
        foreach (var connectionId in recipients.Of(runId))
        {
            if (connections.Find(connectionId) is { } connection)
                Broadcaster.SendTo(connection, EventNames.Agent, payload);
        }
    }

    private RunEventMapper CreateMapper(AgentRun run) =>
        new(run, run.Request.Verbose ?? AgentOptions.From(configuration.Root, run.Session.AgentId).VerboseDefault);
}
