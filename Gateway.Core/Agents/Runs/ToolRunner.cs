using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Core.Agents.Messages;
using OpenClaw.Gateway.Core.Agents.Tools;

namespace OpenClaw.Gateway.Core.Agents.Runs;

/// <summary>Carries out the tool calls of a run and tells its observers. Whatever a tool does wrong becomes a result the model can read.</summary>
internal sealed partial class ToolRunner(AgentRun run, ToolSet tools, ILogger logger)
{
    public async Task<ToolResultMessage> RunAsync(ToolCallBlock call, CancellationToken cancellationToken)
    {
        var name = ToolGroups.Normalize(call.Name);
        run.Publish(new ToolStarted(run.NowMs, name, call.Id, call.Arguments));
        var tool = tools.Find(call.Name);
        var result = await ExecuteAsync(tool, name, call, cancellationToken).ConfigureAwait(false);
        return Finish(name, call, result, tool?.Summarize(call.Arguments));
    }

    /// <summary>The result of a call that is not carried out, because the user has said something since.</summary>
    public ToolResultMessage Skip(ToolCallBlock call)
    {
        var name = ToolGroups.Normalize(call.Name);
        run.Publish(new ToolStarted(run.NowMs, name, call.Id, call.Arguments));
        return Finish(name, call, ToolResult.FromText("Skipped due to queued user message.") with { IsError = true }, tools.Find(call.Name)?.Summarize(call.Arguments));
    }

    private async Task<ToolResult> ExecuteAsync(IAgentTool? tool, string name, ToolCallBlock call, CancellationToken cancellationToken)
    {
        if (call.ArgumentsError is { } broken)
            return Invalid(name, [broken], call.Arguments);
        if (tool is null)
            return ToolResult.FromText($"Tool {name} not found") with { IsError = true };
        var (arguments, errors) = ToolArguments.Check(tool, call.Arguments);
        if (errors.Count > 0)
            return Invalid(name, errors, call.Arguments);
        var invocation = new ToolInvocation(call.Id, arguments, partial => run.Publish(new ToolUpdated(run.NowMs, name, call.Id, partial)));
        try
        {
            return await tool.ExecuteAsync(invocation, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception fault)
        {
            // The boundary of a tool: the model reads what happened and goes on.
            LogToolFault(logger, name, run.RunId, fault);
            return ToolResult.FromError(name, fault.Message);
        }
    }

    private ToolResultMessage Finish(string name, ToolCallBlock call, ToolResult result, string? meta)
    {
        run.Publish(new ToolFinished(run.NowMs, name, call.Id, meta, result.IsError, result));
        return new ToolResultMessage(result.Content, run.NowMs)
        {
            ToolCallId = call.Id,
            ToolName = name,
            Details = result.Details?.DeepClone(),
            IsError = result.IsError,
        };
    }

    private static ToolResult Invalid(string name, IReadOnlyList<string> errors, JsonObject arguments) =>
        ToolResult.FromText($"Validation failed for tool \"{name}\":\n{string.Join('\n', errors.Select(static error => $"  - {error}"))}\n\nReceived arguments:\n{ToolJson.Indented(arguments)}") with { IsError = true };

    [LoggerMessage(EventId = 4003, Level = LogLevel.Warning, Message = "Tool {Tool} of run {RunId} threw")]
    private static partial void LogToolFault(ILogger logger, string tool, string runId, Exception fault);
}
