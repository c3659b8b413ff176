using System.Security.Cryptography;
using System.Text;
using OpenClaw.Gateway.Core.Agents.Messages;
using OpenClaw.Gateway.Core.Agents.Models;
using OpenClaw.Gateway.Core.Agents.Replies;
using OpenClaw.Gateway.Protocol.Methods.Agents;

namespace OpenClaw.Gateway.Core.Agents.Runs;

/// <summary>What a run has gathered so far.</summary>
internal sealed class TurnState(AgentRun run, SystemPromptReport? report)
{
    private readonly List<ReplyPayload> _payloads = [];
    private TokenUsage _usage = TokenUsage.Zero;
    private bool _choseSilence;
    private TokenUsage _lastCall = TokenUsage.Zero;

    /// <summary>The model in use; null until one was found.</summary>
    public ResolvedModel? Model { get; set; }

    /// <summary>Why the model stopped last.</summary>
    public StopReason? StopReason { get; set; }

    public void Count(TokenUsage usage)
    {
        _usage += usage;
        if (usage.TotalTokens > 0)
            _lastCall = usage;
    }

    public void AddReply(ReplyText reply, AssistantMessage message)
    {
        _choseSilence |= SilentReply.IsSilent(reply.Text);
        if (SilentReply.IsSilent(reply.Text) || (reply.Text.Length == 0 && reply.MediaUrls.Count == 0))
            return;
        var replyTo = reply.ReplyToId ?? (reply.ReplyToCurrent ? ReplyPayload.CurrentMessage : null);
        _payloads.Add(new ReplyPayload(reply.Text.Length > 0 ? reply.Text : null, reply.MediaUrls, replyTo, reply.AudioAsVoice) { Key = KeyOf(message) });
    }

    /// <summary>Its time alone might be that of another answer of a very fast model.</summary>
    private static string KeyOf(AssistantMessage message) =>
        FormattableString.Invariant($"{message.TimestampMs}:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(message.Text)).AsSpan(0, 8))}");

    public RunResult Result(RunStatus status, string? error = null) => new()
    {
        Status = status,
        Error = error,
        AbortReason = status == RunStatus.Aborted ? run.AbortReason : null,
        Payloads = status == RunStatus.ModelError ? [new ReplyPayload(error, []), .. _payloads] : [.. _payloads],
        ChoseSilence = _choseSilence,
        StartedAtMs = run.StartedAtMs,
        EndedAtMs = run.NowMs,
        StopReason = StopReason,
        Provider = Model?.Ref.Provider,
        Model = Model?.Ref.Model,
        ContextWindow = Model?.Info.ContextWindow ?? 0,
        Usage = _usage,
        LastCallUsage = _lastCall,
        PromptReport = report is null ? null : report with { Provider = Model?.Ref.Provider, Model = Model?.Ref.Model },
    };
}
