using Microsoft.Extensions.AI;
using OpenClaw.Gateway.Core.Agents.Messages;
using OpenClaw.Gateway.Core.Agents.Models;
using OpenClaw.Gateway.Core.Agents.Providers;
using OpenClaw.Gateway.Core.Agents.Replies;

namespace OpenClaw.Gateway.Core.Agents.Runs;

/// <summary>
/// One call of a model: shows its text while it comes, and puts its answer together for the transcript.
/// </summary>
internal sealed class ModelCall(ResolvedModel model, AgentRun run)
{
    private readonly List<ContentBlock> _blocks = [];
    private readonly AssistantTextStream _text = new();
    private UsageDetails? _usage;
    private ChatFinishReason? _finish;
    private bool _textIsLast;

    /// <summary>Text of this call was shown to clients.</summary>
    public bool HasShownText => _text.HasShown;

    public async Task<ModelCallResult> RunAsync(
        IChatClient client, IEnumerable<ChatMessage> messages, ModelCallOptions options, CancellationToken cancellationToken)
    {
        var startedAt = run.NowMs;
        try
        {
            await foreach (var update in client.GetStreamingResponseAsync(messages, options, cancellationToken).ConfigureAwait(false))
                Take(update);
        }
        catch (ModelCallException e)
        {
            return new ModelCallResult(Build(startedAt, StopReason.Error, e.Failure.Text), EmptyReply, e.Failure);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return new ModelCallResult(Build(startedAt, StopReason.Aborted, "aborted"), EmptyReply, null);
        }
        var (step, reply, _, _) = _text.Complete();
        Show(step);
        if (SilentReply.IsSilent(reply.Text) && _text.HasShown)
            run.Publish(new AssistantReset(run.NowMs));
        var (stopReason, error) = MapFinish();
        var failure = error is null ? null : new ModelFailure { Text = error, Kind = ModelFailureKind.Other };
        return new ModelCallResult(Build(startedAt, stopReason, error), reply, failure);
    }

    private static ReplyText EmptyReply => new("");

    private void Take(ChatResponseUpdate update)
    {
        foreach (var content in update.Contents)
        {
            switch (content)
            {
                case TextReasoningContent reasoning:
                    AppendReasoning(reasoning);
                    break;
                case TextContent { Text.Length: > 0 } text:
                    AppendText(text.Text);
                    break;
                case FunctionCallContent call:
                    _textIsLast = false;
                    _blocks.Add(new ToolCallBlock(call.CallId, call.Name, call.JsonArguments()) { ArgumentsError = call.Exception?.Message });
                    break;
                case UsageContent usage:
                    _usage = usage.Details;
                    break;
            }
        }
        _finish = update.FinishReason ?? _finish;
    }

    private void AppendText(string piece)
    {
        Show(_text.Append(piece, newBlock: !_textIsLast));
        if (!_textIsLast)
            _blocks.Add(new TextRange(_text.Length - piece.Length));
        ((TextRange)_blocks[^1]).End = _text.Length;
        _textIsLast = true;
    }

    private void AppendReasoning(TextReasoningContent piece)
    {
        _textIsLast = false;
        if (_blocks.Count > 0 && _blocks[^1] is ThinkingBuffer { Closed: false } open)
        {
            open.Text.Append(piece.Text);
            open.Signature = piece.ProtectedData ?? open.Signature;
            // Where the signature is the block's end, the next reasoning is a block of its own.
            open.Closed = piece.Text.Length == 0 && piece.ProtectedData is not null;
            return;
        }
        _blocks.Add(new ThinkingBuffer(new(piece.Text))
        {
            Signature = piece.ProtectedData,
            Closed = piece.Text.Length == 0 && piece.ProtectedData is not null,
        });
    }

    private void Show(TextStep? step)
    {
        if (step is not null)
            run.Publish(new AssistantText(run.NowMs, step.Text, step.Delta, step.MediaUrls));
    }

    private (StopReason Reason, string? Error) MapFinish()
    {
        if (_finish == ChatFinishReason.ContentFilter)
            return (StopReason.Error, "The provider withheld the answer (content filter).");
        if (_blocks.Any(static block => block is ToolCallBlock))
            return (StopReason.ToolUse, null);
        return (_finish == ChatFinishReason.Length ? StopReason.Length : StopReason.Stop, null);
    }

    private AssistantMessage Build(long startedAt, StopReason stopReason, string? error) => new([.. _blocks.SelectMany(Close)], startedAt)
    {
        Api = model.Info.Api,
        Provider = model.Ref.Provider,
        Model = model.Ref.Model,
        Usage = Usage(),
        StopReason = stopReason,
        ErrorMessage = error,
    };

    /// <summary>Reasoning that came between tags becomes a block of its own.</summary>
    private IEnumerable<ContentBlock> Close(ContentBlock block)
    {
        switch (block)
        {
            case TextRange range:
                var (visible, reasoning) = ReasoningTags.Split(_text.Raw(range.Start, range.End), complete: true);
                if (reasoning.Length > 0)
                    yield return new ThinkingBlock(reasoning);
                if (reasoning.Length == 0 || visible.Trim().Length > 0)
                    yield return new TextBlock(reasoning.Length > 0 ? visible.Trim() : visible);
                break;
            case ThinkingBuffer buffer:
                yield return new ThinkingBlock(buffer.Text.ToString(), buffer.Signature);
                break;
            default:
                yield return block;
                break;
        }
    }

    private TokenUsage Usage()
    {
        if (_usage is null)
            return TokenUsage.Zero;
        var cacheRead = _usage.CachedInputTokenCount ?? 0;
        var cacheWrite = _usage.CacheWrite();
        var input = Math.Max(0, (_usage.InputTokenCount ?? 0) - cacheRead - cacheWrite);
        var output = _usage.OutputTokenCount ?? 0;
        var price = model.Info.Price;
        return new TokenUsage(input, output, cacheRead, cacheWrite, input + output + cacheRead + cacheWrite)
        {
            Cost = new TokenCost(
                input * price.Input / 1e6, output * price.Output / 1e6, cacheRead * price.CacheRead / 1e6, cacheWrite * price.CacheWrite / 1e6),
        };
    }

    /// <summary>A part of the text that came in one piece.</summary>
    private sealed record TextRange(int Start) : ContentBlock
    {
        public int End { get; set; }
    }

    private sealed record ThinkingBuffer(System.Text.StringBuilder Text) : ContentBlock
    {
        public string? Signature { get; set; }

        public bool Closed { get; set; }
    }
}

/// <summary>What came of a model call: its answer, as far as it got, and why it failed if it did.</summary>
internal sealed record ModelCallResult(AssistantMessage Message, ReplyText Reply, ModelFailure? Failure);
