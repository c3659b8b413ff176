using System.Collections.Concurrent;
using System.Text.Json;
using OpenClaw.Gateway.Core.Agents.Options;
using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Gateway.Core.Broadcasting;
using OpenClaw.Gateway.Core.Cluster;
using OpenClaw.Gateway.Core.Connections;
using OpenClaw.Gateway.Core.Nodes;
using OpenClaw.Gateway.Protocol.Events;
using OpenClaw.Gateway.Protocol.Json;

namespace OpenClaw.Gateway.Core.Ingress;

/// <summary>Sends the events of all runs to the clients that may read them.</summary>
internal sealed class RunEventBroadcaster(
    Broadcaster broadcaster, NodeFollowers followers, ConnectionRegistry connections, ToolEventRecipients recipients, RelayOutbox outbox, IAgentConfiguration configuration) : IRunObserver
{
    private readonly ConcurrentDictionary<AgentRun, RunEventMapper> _mappers = new();

    public void OnRunEvent(AgentRun run, RunEvent runEvent)
    {
        var mapper = _mappers.GetOrAdd(run, CreateMapper);
        foreach (var frame in mapper.Map(runEvent))
            Send(run, frame);
        if (runEvent is RunEnded or RunFailed)
        {
            _mappers.TryRemove(run, out _);
            recipients.Remove(run.RunId);
        }
    }

    /// <summary>Sends an event that no run stands behind, such as the end of a message that joined another run.</summary>
    public void Send(ChatEvent chat, WhenSlow whenSlow = WhenSlow.Close) =>
        Send(EventNames.Chat, chat.SessionKey, JsonSerializer.SerializeToUtf8Bytes(chat, ProtocolJson.Context.ChatEvent), whenSlow);

    private void Send(string name, string? sessionKey, ReadOnlyMemory<byte> payload, WhenSlow whenSlow)
    {
        broadcaster.Broadcast(name, payload, whenSlow);
        followers.Send(name, sessionKey, payload);
    }

    private void Send(AgentRun run, RunFrame frame)
    {
        var whenSlow = frame.DropIfSlow ? WhenSlow.Drop : WhenSlow.Close;
        if (frame.Chat is { } chat)
        {
            Send(chat, whenSlow);
            return;
        }
        var payload = JsonSerializer.SerializeToUtf8Bytes(frame.Agent!, ProtocolJson.Context.AgentEvent);
        if (!frame.ToolRecipientsOnly)
        {
            Send(EventNames.Agent, frame.Agent!.SessionKey, payload, whenSlow);
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
