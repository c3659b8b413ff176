using OpenClaw.Gateway.Core.Agents.Providers;
using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Gateway.Core.Agents.Tools;
using OpenClaw.Gateway.Core.Sessions.Keys;

namespace OpenClaw.Gateway.Core.Http.Runs;

/// <summary>What a request of the HTTP API asks of an agent.</summary>
internal sealed record ApiTurn
{
    public required SessionKey Session { get; init; }

    public required ClientConversation Conversation { get; init; }

    /// <summary>Texts for the system prompt, joined; null for none.</summary>
    public string? ExtraSystemPrompt { get; init; }

    public ClientToolSet Tools { get; init; } = ClientToolSet.None;

    public SamplingOptions Sampling { get; init; } = SamplingOptions.Default;

    /// <summary>Null: as the session or the agent is set.</summary>
    public ThinkingLevel? Thinking { get; init; }
}
