using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Agents.Tools;

namespace OpenClaw.Gateway.Core.Agents.Runs;

/// <summary>Something a run's listeners should know, in the order it happened. <paramref name="AtMs"/> is Unix milliseconds.</summary>
internal abstract record RunEvent(long AtMs);

/// <summary>The model loop starts: the run has left its queues. Exactly once per run that gets that far.</summary>
internal sealed record RunStarted(long AtMs) : RunEvent(AtMs);

/// <summary>
/// The run is over without an error; <paramref name="AbortReason"/> says whether it was cut short. Exactly one of this and
/// <see cref="RunFailed"/> ends every accepted run; the start is null if it ended while it still waited.
/// </summary>
internal sealed record RunEnded(long AtMs, long? StartedAtMs, RunAbortReason? AbortReason) : RunEvent(AtMs);

/// <summary>The run is over, and <paramref name="Error"/> is what to tell the user.</summary>
internal sealed record RunFailed(long AtMs, long? StartedAtMs, string Error) : RunEvent(AtMs);

/// <summary>The current assistant message is taken back because the model call is tried again: its text no longer counts.</summary>
internal sealed record AssistantReset(long AtMs) : RunEvent(AtMs);

/// <summary>
/// Visible text of the current assistant message: all of it so far, trimmed, without reasoning, final and reply tags.
/// <paramref name="Delta"/> is what is new in it.
/// </summary>
internal sealed record AssistantText(long AtMs, ReadOnlyMemory<char> Text, string Delta, IReadOnlyList<string>? MediaUrls) : RunEvent(AtMs);

internal sealed record ToolStarted(long AtMs, string Name, string ToolCallId, JsonObject Args) : RunEvent(AtMs);

internal sealed record ToolUpdated(long AtMs, string Name, string ToolCallId, ToolResult PartialResult) : RunEvent(AtMs);

/// <summary>A tool is done. <paramref name="Meta"/> is a short human summary of its arguments, such as a path or a command.</summary>
internal sealed record ToolFinished(long AtMs, string Name, string ToolCallId, string? Meta, bool IsError, ToolResult Result) : RunEvent(AtMs);

internal sealed record CompactionStarted(long AtMs) : RunEvent(AtMs);

internal sealed record CompactionEnded(long AtMs, bool WillRetry) : RunEvent(AtMs);

/// <summary>Why a run was cut short.</summary>
internal enum RunAbortReason
{
    /// <summary>A client called <c>chat.abort</c>.</summary>
    Rpc,

    /// <summary>The user sent a stop word.</summary>
    Stop,

    /// <summary>The run's time was over.</summary>
    Timeout,

    /// <summary>A newer message took its place.</summary>
    Interrupt,

    /// <summary>The gateway is stopping.</summary>
    Shutdown,

    /// <summary>The session went to another process of the gateway, which takes the message up again.</summary>
    Overtaken,
}
