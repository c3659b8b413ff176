using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Core.Agents.Messages;
using OpenClaw.Gateway.Core.Agents.Providers;
using OpenClaw.Gateway.Core.Agents.Replies;

namespace OpenClaw.Gateway.Core.Agents.Runs;

/// <summary>
/// The loop of one run: the model answers, its tools run, it answers again, until it has nothing more to do. Every message
/// is in the transcript before the next step begins.
/// </summary>
internal sealed partial class TurnLoop(
    AgentRun run,
    ISessionTranscript transcript,
    ModelRoute route,
    IChatClientFactory clients,
    ToolRunner toolRunner,
    TurnSetup setup,
    TurnState state,
    TimeProvider time,
    ILogger logger)
{
    private readonly List<AgentMessage> _history = [.. transcript.Context];

    public async Task<RunResult> RunAsync()
    {
        if (AnswerTo(run.Request) is { } earlier)
            return AnsweredBefore(earlier);
        // The user's words are kept whatever happens next, also an abort before the first answer.
        await AppendUserAsync(run.Request).ConfigureAwait(false);
        if (!await UseNextModelAsync().ConfigureAwait(false))
            return state.Result(RunStatus.Failed, route.Describe());
        run.Steering.Open();
        while (true)
        {
            var call = await CallModelAsync().ConfigureAwait(false);
            if (run.AbortReason is not null)
                return await AbortedAsync(call?.Message).ConfigureAwait(false);
            if (call?.Failure is { } failure)
            {
                if (await FailOverAsync(call.Message, failure).ConfigureAwait(false) is { } failed)
                    return failed;
                continue;
            }
            await AppendAsync(call!.Message).ConfigureAwait(false);
            state.AddReply(call.Reply, call.Message);
            state.StopReason = call.Message.StopReason;
            var (calls, clientCalls) = Divide(call.Message.ToolCalls);
            if (calls.Count > 0 || clientCalls.Count > 0)
            {
                var goesOn = await RunToolsAsync(calls, clientCalls).ConfigureAwait(false);
                if (!goesOn && clientCalls.Count > 0 && run.AbortReason is null)
                    return state.Result(RunStatus.Ok) with { ClientCalls = clientCalls };
            }
            else if (!await TakeSteeringAsync().ConfigureAwait(false))
                return state.Result(RunStatus.Ok);
            if (run.AbortReason is not null)
                return state.Result(RunStatus.Aborted);
        }
    }

    /// <summary>One answer of the current model, tried again while that makes sense. Null when the run was aborted between tries.</summary>
    private async Task<ModelCallResult?> CallModelAsync()
    {
        var model = state.Model!;
        for (var failures = 1; ; failures++)
        {
            var call = new ModelCall(model, run);
            using var client = clients.Create(model);
            var messages = ModelHistory.Build(setup.SystemPrompt, _history, model);
            var result = await call.RunAsync(client, messages, setup.OptionsFor(model), run.Cancellation).ConfigureAwait(false);
            state.Count(result.Message.Usage);
            if (result.Failure is not { } failure || run.AbortReason is not null || RetryPolicy.DelayAfter(failure, failures) is not { } delay)
                return result;
            if (call.HasShownText)
                run.Publish(new AssistantReset(run.NowMs));
            LogRetry(logger, run.RunId, model.Ref.ToString(), failures, delay.TotalSeconds, failure.Kind);
            try
            {
                await Task.Delay(delay, time, run.Cancellation).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return null;
            }
        }
    }

    /// <summary>Goes on with the next model, or says how the run ends.</summary>
    private async Task<RunResult?> FailOverAsync(AssistantMessage failed, ModelFailure failure)
    {
        await AppendAsync(failed).ConfigureAwait(false);
        if (!route.HasFallbacks || !failure.AllowsFailover)
            return state.Result(RunStatus.ModelError, failure.Text) with { FailureKind = failure.Kind };
        route.Fail(state.Model!, failure);
        run.Publish(new AssistantReset(run.NowMs));
        return await UseNextModelAsync().ConfigureAwait(false) ? null : state.Result(RunStatus.Failed, route.Describe());
    }

    private async Task<bool> UseNextModelAsync()
    {
        if (route.Next() is not { } model)
            return false;
        state.Model = model;
        if (transcript.LastModel == (model.Ref.Provider, model.Ref.Model))
            return true;
        var snapshot = new JsonObject
        {
            ["timestamp"] = run.NowMs,
            ["provider"] = model.Ref.Provider,
            ["modelApi"] = model.Info.Api,
            ["modelId"] = model.Ref.Model,
        };
        await transcript.AppendModelChangeAsync(model.Ref.Provider, model.Ref.Model, snapshot, CancellationToken.None).ConfigureAwait(false);
        return true;
    }

    /// <summary>The agent's own calls, and those that the caller of the run carries out. Broken arguments are the model's to mend.</summary>
    private (List<ToolCallBlock> Own, List<ToolCallBlock> Client) Divide(IEnumerable<ToolCallBlock> calls)
    {
        var byOwner = calls.ToLookup(call => call.ArgumentsError is null && run.Request.ClientTools.Has(call.Name));
        return ([.. byOwner[false]], [.. byOwner[true]]);
    }

    /// <summary>True when the user said something meanwhile, which the model has to see next.</summary>
    private async Task<bool> RunToolsAsync(List<ToolCallBlock> calls, List<ToolCallBlock> clientCalls)
    {
        for (var i = 0; i < calls.Count; i++)
        {
            ToolResultMessage result;
            try
            {
                result = await toolRunner.RunAsync(calls[i], run.Cancellation).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (run.AbortReason is not null)
            {
                return false;
            }
            await AppendAsync(result).ConfigureAwait(false);
            if (run.AbortReason is not null)
                return false;
            if (TakeUnanswered() is not { } message)
                continue;
            foreach (var skipped in calls.Skip(i + 1).Concat(clientCalls))
                await AppendAsync(toolRunner.Skip(skipped)).ConfigureAwait(false);
            await AppendUserAsync(message).ConfigureAwait(false);
            return true;
        }
        return false;
    }

    /// <summary>False when nothing was put into the run, which is then over.</summary>
    private async Task<bool> TakeSteeringAsync()
    {
        do
        {
            if (TakeUnanswered() is not { } message)
                continue;
            await AppendUserAsync(message).ConfigureAwait(false);
            return true;
        }
        while (!run.Steering.TryCloseEmpty());
        return false;
    }

    private RunRequest? TakeUnanswered()
    {
        while (run.Steering.TryTake(out var message))
        {
            if (AnswerTo(message!) is null)
                return message;
        }
        return null;
    }

    /// <summary>The run that a crash cut short had answered, and only its end was not noted: the answer is told again, and not asked for again.</summary>
    private RunResult AnsweredBefore(AssistantMessage earlier)
    {
        var reply = ReplyDirectives.Parse(earlier.Text, complete: true);
        state.AddReply(reply, earlier);
        if (!SilentReply.IsSilent(reply.Text) && reply.Text.Length > 0)
            run.Publish(new AssistantText(run.NowMs, reply.Text.AsMemory(), reply.Text, reply.MediaUrls));
        return state.Result(RunStatus.Ok);
    }

    private async Task<RunResult> AbortedAsync(AssistantMessage? partial)
    {
        // What the user has already seen stays in the history; the model will not be sent it.
        if (partial is { StopReason: not StopReason.Error } && partial.Text.Trim().Length > 0)
            await AppendAsync(partial).ConfigureAwait(false);
        return state.Result(RunStatus.Aborted);
    }

    private async Task AppendUserAsync(RunRequest request)
    {
        // Once per start: so a message whose runs keep ending with the process can be told from one that only waited.
        IReadOnlyList<string> ids = request.Answers.Count > 0 ? request.Answers : [request.RunId];
        var message = request.Opening is null && HistoryIndex.Of(_history, request) < 0
            ? new UserMessage([new TextBlock(request.Message), .. request.Images], request.AcceptedAtMs ?? run.NowMs)
            : null;
        if (message is not null)
            _history.Add(message);
        await transcript.AppendBeginAsync(ids, message, CancellationToken.None).ConfigureAwait(false);
        if (request.Opening is { } opening)
            await OpenAsync(opening).ConfigureAwait(false);
    }

    private async Task OpenAsync(IRunOpening opening)
    {
        foreach (var message in opening.Messages(_history, run.NowMs))
        {
            // The stand-in that a stored call has as long as nobody answered it.
            if (message is ToolResultMessage answer)
                _history.RemoveAll(known => known is ToolResultMessage { IsError: true } standIn && standIn.ToolCallId == answer.ToolCallId);
            await AppendAsync(message).ConfigureAwait(false);
        }
    }

    private AssistantMessage? AnswerTo(RunRequest request) => HistoryIndex.AnswerTo(_history, request);

    private async Task AppendAsync(AgentMessage message)
    {
        _history.Add(message);
        // Not cancellable: an abort must not cost what has been said.
        await transcript.AppendMessageAsync(message, CancellationToken.None).ConfigureAwait(false);
    }

    [LoggerMessage(EventId = 4004, Level = LogLevel.Warning, Message = "Run {RunId}: {Model} failed {Failures} times ({Kind}), trying again in {Seconds} s")]
    private static partial void LogRetry(ILogger logger, string runId, string model, int failures, double seconds, ModelFailureKind kind);
}
