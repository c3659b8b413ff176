using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Core.Agents.Messages;
using OpenClaw.Gateway.Core.Agents.Models;
using OpenClaw.Gateway.Core.Agents.Options;
using OpenClaw.Gateway.Core.Agents.Prompt;
using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Gateway.Core.Agents.Tools;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Http.Answers;
using OpenClaw.Gateway.Core.Http.Requests;
using OpenClaw.Gateway.Core.Ingress;
using OpenClaw.Gateway.Core.Sessions.Keys;
using OpenClaw.Gateway.Core.Sessions.Store;

namespace OpenClaw.Gateway.Core.Http.ToolsInvoke;

/// <summary><c>POST /tools/invoke</c>: calls one tool, without a model, under the policy that the session's agent is under.</summary>
internal sealed partial class ToolsInvokeEndpoint(
    ConfigStore configuration, ApiBody bodies, SessionStores stores, SessionIntake intake, IAgentConfiguration agents, ModelResolver models, AgentWorkspace workspace,
    IEnumerable<IAgentToolSource> sources, TimeProvider time, ILogger<ToolsInvokeEndpoint> logger) : IApiEndpoint
{
    public const string Path = "/tools/invoke";

    /// <summary>The original's limit in bytes.</summary>
    private const long MaxBodyBytes = 2 << 20;

    public bool Serves(string path) => path == Path;

    public string? DisabledBecause => null;

    public string Methods => HttpMethods.Post;

    public async Task HandleAsync(HttpContext context)
    {
        var body = await bodies.ReadAsync(context, MaxBodyBytes).ConfigureAwait(false);
        var (call, error) = body.Error is { } unreadable ? (null, unreadable) : ReadCall(body.Root);
        if (call is null)
            await ApiAnswers.WriteAsync(context, error!).ConfigureAwait(false);
        else
            await InvokeAsync(context, call).ConfigureAwait(false);
    }

    private static (Call? Call, ApiError? Error) ReadCall(JsonElement body)
    {
        var fields = new FieldReader();
        var tool = fields.Text(body, "tool", maxLength: 256)?.Trim();
        if (string.IsNullOrEmpty(tool))
            fields.FailAs("tools.invoke requires body.tool", "tool");
        var call = new Call(
            tool ?? "", fields.Text(body, "action", maxLength: 256), fields.Object(body, "args") is { } args ? JsonObject.Create(args)! : [], fields.Text(body, "sessionKey", maxLength: 512));
        return fields.Error is { } error ? (null, error) : (call, null);
    }

    private async Task InvokeAsync(HttpContext context, Call call)
    {
        if (SessionOf(call.SessionKey) is not { } key || intake.UnknownAgent(key) is not null)
        {
            await FailAsync(context, StatusCodes.Status400BadRequest, "invalid_request", $"Unknown sessionKey: {call.SessionKey}").ConfigureAwait(false);
            return;
        }
        if (FindTool(key, call.Tool) is not { } tool)
        {
            await FailAsync(context, StatusCodes.Status404NotFound, "not_found", $"Tool not available: {call.Tool}").ConfigureAwait(false);
            return;
        }
        if (call.Action is { } action && !call.Args.ContainsKey("action") && tool.Parameters.TryGetProperty("properties", out var properties) && properties.TryGetProperty("action", out _))
            call.Args["action"] = action;
        var (arguments, errors) = ToolArguments.Check(tool, call.Args);
        if (errors.Count > 0)
        {
            await FailAsync(context, StatusCodes.Status400BadRequest, "tool_error", string.Join("; ", errors)).ConfigureAwait(false);
            return;
        }
        var id = string.Create(CultureInfo.InvariantCulture, $"http-{time.GetUtcNow().ToUnixTimeMilliseconds()}");
        ToolResult result;
        try
        {
            result = await tool.ExecuteAsync(new ToolInvocation(id, arguments, static _ => { }), context.RequestAborted).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !context.RequestAborted.IsCancellationRequested)
        {
            // The boundary of a tool: what it does wrong is told to its caller, as it would be to a model.
            LogToolFault(logger, call.Tool, fault);
            result = ToolResult.FromError(call.Tool, fault.Message);
        }
        if (result.IsError)
            await FailAsync(context, StatusCodes.Status400BadRequest, "tool_error", MessageOf(result)).ConfigureAwait(false);
        else
            await ApiAnswers.WriteAsync(context, StatusCodes.Status200OK, json => Write(json, result)).ConfigureAwait(false);
    }

    private SessionKey? SessionOf(string? text) =>
        string.IsNullOrWhiteSpace(text) || text.Trim() == "main" ? stores.Rules.MainSession : stores.Rules.Canonicalize(text);

    /// <summary>Tools are made for one run; here it is one that only this call knows of.</summary>
    private IAgentTool? FindTool(SessionKey key, string name)
    {
        if (!HttpToolPolicy.Allows(configuration.Current, name))
            return null;
        var agent = AgentOptions.From(agents.Root, key.AgentId);
        var options = ToolsOptions.From(agents.Root, key.AgentId);
        var request = new RunRequest { RunId = $"http-{Guid.NewGuid()}", Session = new SessionAddress(key.AgentId, key.Value, Guid.NewGuid().ToString()), Message = "" };
        var tools = sources.SelectMany(source => source.CreateTools(new ToolContext(request, workspace.DirectoryOf(agent), options)));
        return ToolPolicy.Filter(tools, options, models.Candidates(agent, null)[0], key.IsSubagent).FirstOrDefault(tool => tool.Name == name);
    }

    private static string MessageOf(ToolResult result) =>
        result.Details is JsonObject details && details["error"] is JsonValue value && value.TryGetValue(out string? error)
            ? error
            : string.Join('\n', result.Content.OfType<TextBlock>().Select(static block => block.Text));

    private static void Write(Utf8JsonWriter json, ToolResult result)
    {
        json.WriteStartObject();
        json.WriteBoolean("ok", true);
        json.WriteStartObject("result");
        json.WriteStartArray("content");
        foreach (var block in result.Content)
        {
            json.WriteStartObject();
            if (block is TextBlock text)
            {
                json.WriteString("type", "text");
                json.WriteString("text", text.Text);
            }
            else if (block is ImageBlock image)
            {
                json.WriteString("type", "image");
                json.WriteString("data", image.Data);
                json.WriteString("mimeType", image.MimeType);
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
        if (result.Details is { } details)
        {
            json.WritePropertyName("details");
            details.WriteTo(json);
        }
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static Task FailAsync(HttpContext context, int status, string type, string message) => ApiAnswers.WriteAsync(context, status, json =>
    {
        json.WriteStartObject();
        json.WriteBoolean("ok", false);
        json.WriteStartObject("error");
        json.WriteString("type", type);
        json.WriteString("message", message);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    [LoggerMessage(1802, LogLevel.Warning, "Tool {Tool} threw when it was called over HTTP.")]
    private static partial void LogToolFault(ILogger logger, string tool, Exception fault);

    private sealed record Call(string Tool, string? Action, JsonObject Args, string? SessionKey);
}
