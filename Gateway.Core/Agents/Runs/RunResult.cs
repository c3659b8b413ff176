using OpenClaw.Gateway.Core.Agents.Messages;
using OpenClaw.Gateway.Core.Agents.Providers;
using OpenClaw.Gateway.Protocol.Methods.Agents;

namespace OpenClaw.Gateway.Core.Agents.Runs;

/// <summary>How a run ended, for the second answer of <c>agent</c> and for channels.</summary>
internal sealed record RunResult
{
    public required RunStatus Status { get; init; }

    /// <summary>What went wrong, fit for the user; null unless <see cref="Status"/> is a failure.</summary>
    public string? Error { get; init; }

    public RunAbortReason? AbortReason { get; init; }

    /// <summary>One per assistant message with text, oldest first; an error text comes before them.</summary>
    public IReadOnlyList<ReplyPayload> Payloads { get; init; } = [];

    /// <summary>The model said on purpose that it says nothing.</summary>
    public bool ChoseSilence { get; init; }

    public long? StartedAtMs { get; init; }

    public required long EndedAtMs { get; init; }

    public long DurationMs => StartedAtMs is { } started ? EndedAtMs - started : 0;

    /// <summary>The model that answered last; null when none was reached.</summary>
    public string? Provider { get; init; }

    public string? Model { get; init; }

    /// <summary>Tokens that the model's window holds; 0 when none was reached.</summary>
    public int ContextWindow { get; init; }

    /// <summary>The sum over all model calls of the run.</summary>
    public TokenUsage Usage { get; init; } = TokenUsage.Zero;

    /// <summary>The last model call alone: its prompt size is the context's size.</summary>
    public TokenUsage LastCallUsage { get; init; } = TokenUsage.Zero;

    /// <summary>The caller's functions that the model called last; whoever started the run carries them out.</summary>
    public IReadOnlyList<ToolCallBlock> ClientCalls { get; init; } = [];

    /// <summary>Why the model stopped at the end; null when it did not answer.</summary>
    public StopReason? StopReason { get; init; }

    /// <summary>What kind of failure of the model it was; null unless <see cref="Status"/> is <see cref="RunStatus.ModelError"/>.</summary>
    public ModelFailureKind? FailureKind { get; init; }

    /// <summary>Null for a run that made no prompt.</summary>
    public SystemPromptReport? PromptReport { get; init; }

    /// <summary>No run: the message lost its place in a full queue, and nothing of it is kept.</summary>
    public bool GaveWay { get; init; }

    public bool Aborted => AbortReason is not null;
}

internal enum RunStatus
{
    Ok,

    /// <summary>The model answered with an error; it is in <see cref="RunResult.Payloads"/> too. <c>agent</c> answers ok, as clients expect.</summary>
    ModelError,

    /// <summary>Cut short by somebody or by the clock.</summary>
    Aborted,

    /// <summary>The run could not do its work: no key, unknown model, all models failed, a defect. <c>agent</c> answers UNAVAILABLE.</summary>
    Failed,
}

/// <summary>
/// A reply to deliver. <paramref name="ReplyToId"/> is the message it answers, if the model said so;
/// <see cref="CurrentMessage"/> stands for the one that started the run.
/// </summary>
internal sealed record ReplyPayload(string? Text, IReadOnlyList<string> MediaUrls, string? ReplyToId = null, bool AudioAsVoice = false)
{
    public const string CurrentMessage = "current";

    /// <summary>Names the answer within its session, the same when it is found in the history after a crash. Null for what is not in the history.</summary>
    public string? Key { get; init; }
}

/// <summary>What <c>agent.wait</c> answers.</summary>
internal sealed record RunWaitResult(RunWaitStatus Status, long? StartedAtMs = null, long? EndedAtMs = null, string? Error = null);

internal enum RunWaitStatus
{
    Ok,
    Error,
    Timeout,

    /// <summary>It goes on in another process of the gateway; callers of the registry never see this.</summary>
    Overtaken,
}
