using OpenClaw.Gateway.Core.Agents.Messages;
using OpenClaw.Gateway.Core.Agents.Prompt;
using OpenClaw.Gateway.Core.Agents.Providers;
using OpenClaw.Gateway.Core.Agents.Tools;
using OpenClaw.Gateway.Core.Channels.Replies;
using OpenClaw.Gateway.Core.Ingress;

namespace OpenClaw.Gateway.Core.Agents.Runs;

/// <summary>Everything a run needs to know; nothing in it changes while it runs.</summary>
internal sealed record RunRequest
{
    /// <summary>For runs that a client asked for this is the client's idempotency key.</summary>
    public required string RunId { get; init; }

    public required SessionAddress Session { get; init; }

    /// <summary>The session key that events carry: what the client sent, which may be short (<c>main</c>). Null means the canonical key.</summary>
    public string? EventSessionKey { get; init; }

    /// <summary>When the message was accepted, Unix milliseconds: its timestamp in the transcript. Null means when the run begins.</summary>
    public long? AcceptedAtMs { get; init; }

    /// <summary>The user's text as the model will see it, time envelope included.</summary>
    public required string Message { get; init; }

    public IReadOnlyList<ImageBlock> Images { get; init; } = [];

    /// <summary>A model reference or alias that replaces the agent's default, from the session or the call.</summary>
    public string? Model { get; init; }

    /// <summary>Null: the configured default for the model.</summary>
    public ThinkingLevel? Thinking { get; init; }

    /// <summary>Null: the configured default.</summary>
    public VerboseLevel? Verbose { get; init; }

    /// <summary>Null: <c>agents.defaults.timeoutSeconds</c>. Zero: no limit.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>The global lane the run waits in after its session's own; see <see cref="LaneNames"/>.</summary>
    public string Lane { get; init; } = LaneNames.Main;

    /// <summary>Text for the group or subagent section of the system prompt.</summary>
    public string? ExtraSystemPrompt { get; init; }

    public PromptMode PromptMode { get; init; } = PromptMode.Full;

    /// <summary>The surface the message came from, for the prompt's runtime line: <c>webchat</c>, <c>telegram</c>, …</summary>
    public string? Channel { get; init; }

    /// <summary>What to do when the session is busy. Null waits in line (the <c>agent</c> method).</summary>
    public QueueSettings? Queue { get; init; }

    /// <summary>
    /// Where replies go; queued messages merge only when all of them share one. Null never merges: so should it be for a
    /// message that is taken up again after a crash, as each is looked up in the history by itself.
    /// </summary>
    public string? ReplyRoute { get; init; }

    /// <summary>The chat that is answered; null when it is none of a channel.</summary>
    public ReplyRoute? Reply { get; init; }

    /// <summary>The id of the message in its channel, for <see cref="QueueSettings"/>'s duplicate check.</summary>
    public string? MessageId { get; init; }

    /// <summary>Ids of the messages that this turn was made from when they had waited; empty when it has the id of its message.</summary>
    public IReadOnlyList<string> Answers { get; init; } = [];

    /// <summary>The run does not look at the history before this completes.</summary>
    public Task HeldUntil { get; init; } = Task.CompletedTask;

    /// <summary>The message may be in the history already and is meant to be there a second time.</summary>
    public bool Repeats { get; init; }

    public bool IsHeartbeat { get; init; }

    /// <summary>The webhook that asked for the run; null for all others.</summary>
    public AcceptedHook? Hook { get; init; }

    /// <summary>What its sender tells of the conversation; it then says what is put into the history in place of <see cref="Message"/>.</summary>
    public IRunOpening? Opening { get; init; }

    /// <summary>Functions of the caller's that the model may call; a call of one ends the run with <see cref="RunResult.ClientCalls"/>.</summary>
    public ClientToolSet ClientTools { get; init; } = ClientToolSet.None;

    /// <summary>How the model is to answer, where the caller says so.</summary>
    public SamplingOptions Sampling { get; init; } = SamplingOptions.Default;

    /// <summary>Sees this run's events, after the observers of the whole process.</summary>
    public IReadOnlyList<IRunObserver> Observers { get; init; } = [];
}

internal static class LaneNames
{
    public const string Main = "main";
    public const string Subagent = "subagent";
    public const string Cron = "cron";
    public const string Nested = "nested";
}
