using OpenClaw.Gateway.Core.Agents.Messages;

namespace OpenClaw.Gateway.Core.Agents.Runs;

/// <summary>The beginning of a run whose sender tells a conversation, and not just a message.</summary>
internal interface IRunOpening
{
    /// <summary>What to append to the history before the model is asked.</summary>
    /// <param name="history">What the session remembers.</param>
    /// <param name="nowMs">Timestamp of the messages, Unix milliseconds.</param>
    IReadOnlyList<AgentMessage> Messages(IReadOnlyList<AgentMessage> history, long nowMs);
}
