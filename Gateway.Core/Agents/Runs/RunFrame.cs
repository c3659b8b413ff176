using OpenClaw.Gateway.Protocol.Events;

namespace OpenClaw.Gateway.Core.Agents.Runs;

/// <summary>One event for clients: exactly one of <see cref="Agent"/> and <see cref="Chat"/> is set.</summary>
internal sealed record RunFrame
{
    public AgentEvent? Agent { get; init; }

    public ChatEvent? Chat { get; init; }

    /// <summary>Only for connections with the <c>tool-events</c> capability that started the run; goes out without a frame number.</summary>
    public bool ToolRecipientsOnly { get; init; }

    /// <summary>A later event says the same and more, so a slow connection may miss it.</summary>
    public bool DropIfSlow { get; init; }

    /// <summary>The answer to a message that only joined a queue or another run: its own id is over, without a text.</summary>
    public static RunFrame Absorbed(string runId, string sessionKey) => new()
    {
        Chat = new ChatEvent { RunId = runId, SessionKey = sessionKey, Seq = 1, State = "final" },
    };
}
