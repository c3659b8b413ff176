using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Cli.Connections;
using OpenClaw.Cli.Output;
using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Core.Approvals;
using OpenClaw.Gateway.Protocol.Json;
using OpenClaw.Gateway.Protocol.Methods.Approvals;
using OpenClaw.Gateway.Protocol.Methods.Nodes;

namespace OpenClaw.Cli.Commands.Nodes;

/// <summary>What <c>nodes run</c> was asked for.</summary>
internal sealed record NodeShellOrder
{
    public required string Node { get; init; }

    public required IReadOnlyList<string> Words { get; init; }

    public string? Raw { get; init; }

    public string? Cwd { get; init; }

    public required IReadOnlyList<string> Variables { get; init; }

    public required string AgentId { get; init; }

    /// <summary>Null asks nobody: then the node decides by what it knows.</summary>
    public string? Ask { get; init; }

    public int? TimeoutMs { get; init; }

    public int InvokeTimeoutMs { get; init; }
}

/// <summary>Runs a program on a node: asks people first where that is wanted, and ends with the program's own code.</summary>
internal sealed class NodeShellRun(CommandContext context, ClientArguments arguments)
{
    private const int AskMs = 120_000;
    private const int Grace = 2_000;

    public async Task<int> RunAsync(NodeShellOrder order, CancellationToken cancellation)
    {
        if (order.Raw is null == (order.Words.Count == 0))
            return await NodesRun.FailAsync(context, "run", order.Raw is null ? "command required" : "use --raw or argv, not both").ConfigureAwait(false);
        if (order.Ask is not (null or "off" or "on-miss" or "always"))
            return await NodesRun.FailAsync(context, "run", "invalid --ask (use off|on-miss|always)").ConfigureAwait(false);
        if (order.Variables.FirstOrDefault(static pair => pair.IndexOf('=', StringComparison.Ordinal) < 1) is { } wrong)
            return await NodesRun.FailAsync(context, "run", "invalid --env (use key=value): " + wrong).ConfigureAwait(false);
        if (await NodesRun.FindAsync(context, arguments, "run", order.Node, cancellation).ConfigureAwait(false) is not { } nodeId)
            return 1;
        var parameters = ParamsOf(order);
        if (order.Ask is "on-miss" or "always" && !await ApproveAsync(order, parameters, cancellation).ConfigureAwait(false))
            return 1;
        var call = new NodeInvokeParams
        {
            NodeId = nodeId,
            Command = "system.run",
            Params = JsonElement.Parse(parameters.ToJsonString()),
            TimeoutMs = order.InvokeTimeoutMs,
            IdempotencyKey = Guid.NewGuid().ToString(),
        };
        var patient = Patient(order.InvokeTimeoutMs);
        if (await NodesRun.AskAsync(context, patient, "run", "node.invoke", JsonSerializer.SerializeToUtf8Bytes(call, ProtocolJson.Context.NodeInvokeParams), cancellation).ConfigureAwait(false) is not { } answer)
            return 1;
        return await ShowAsync(answer).ConfigureAwait(false);
    }

    private static JsonObject ParamsOf(NodeShellOrder order)
    {
        // Windows nodes have another shell; their gateway's own tools write it.
        var words = order.Raw is { } line ? ["/bin/sh", "-lc", line] : order.Words;
        var parameters = new JsonObject { ["command"] = new JsonArray([.. words.Select(static word => (JsonNode)word)]), ["agentId"] = order.AgentId };
        if (order.Raw is not null)
            parameters["rawCommand"] = order.Raw;
        if (order.Cwd is not null)
            parameters["cwd"] = order.Cwd;
        if (order.TimeoutMs is { } timeout)
            parameters["timeoutMs"] = timeout;
        if (order.Variables.Count > 0)
        {
            var variables = new JsonObject();
            foreach (var pair in order.Variables)
                variables[pair[..pair.IndexOf('=', StringComparison.Ordinal)]] = pair[(pair.IndexOf('=', StringComparison.Ordinal) + 1)..];
            parameters["env"] = variables;
        }
        return parameters;
    }

    /// <summary>Asks the operators, and writes their approval into the params. False when there is none, which was said then.</summary>
    private async Task<bool> ApproveAsync(NodeShellOrder order, JsonObject parameters, CancellationToken cancellation)
    {
        var question = new ExecApprovalRequestParams
        {
            Command = order.Raw ?? ShownCommand.TextOf(order.Words),
            Cwd = order.Cwd,
            Host = "node",
            Ask = order.Ask,
            AgentId = order.AgentId,
            TimeoutMs = AskMs,
        };
        var json = JsonSerializer.SerializeToUtf8Bytes(question, ProtocolJson.Context.ExecApprovalRequestParams);
        if (await NodesRun.AskAsync(context, Patient(AskMs), "run", "exec.approval.request", json, cancellation).ConfigureAwait(false) is not { } answer)
            return false;
        var decided = JsonSerializer.Deserialize(answer.Span, ProtocolJson.Context.ExecApprovalRequestResult)!;
        if (decided.Decision is not ("allow-once" or "allow-always"))
        {
            await NodesRun.FailAsync(context, "run", decided.Decision is null ? "exec denied: approval required (nobody decided)" : "exec denied: user denied").ConfigureAwait(false);
            return false;
        }
        (parameters["approved"], parameters["approvalDecision"]) = (true, decided.Decision);
        // People saw no variables: such an approval cannot be tied to them.
        if (order.Variables.Count == 0)
            parameters["runId"] = decided.Id;
        return true;
    }

    private async Task<int> ShowAsync(ReadOnlyMemory<byte> answer)
    {
        var payload = JsonSerializer.Deserialize(answer.Span, ProtocolJson.Context.NodeInvokeResult)!.Payload;
        if (arguments.Json || payload is not { ValueKind: JsonValueKind.Object } result)
        {
            await context.Out.WriteLineAsync(JsonText.Indent(answer.Span)).ConfigureAwait(false);
            return 0;
        }
        if (Text(result, "stdout") is { Length: > 0 } output)
            await context.Out.WriteAsync(TerminalText.Harmless(output)).ConfigureAwait(false);
        if (Text(result, "stderr") is { Length: > 0 } errors)
            await context.Error.WriteAsync(TerminalText.Harmless(errors)).ConfigureAwait(false);
        if (result.TryGetProperty("timedOut", out var timedOut) && timedOut.ValueKind is JsonValueKind.True)
            return await NodesRun.FailAsync(context, "run", "run timed out").ConfigureAwait(false);
        if (Text(result, "error") is { Length: > 0 } problem)
            return await NodesRun.FailAsync(context, "run", TerminalText.HarmlessLine(problem)).ConfigureAwait(false);
        if (!result.TryGetProperty("exitCode", out var code) || !code.TryGetInt32(out var exitCode) || exitCode == 0)
            return 0;
        await NodesRun.FailAsync(context, "run", string.Create(CultureInfo.InvariantCulture, $"run exit {exitCode}")).ConfigureAwait(false);
        // Systems keep eight bits of it, and of these none may be left.
        return (exitCode & 0xff) == 0 ? 1 : exitCode;
    }

    private ClientArguments Patient(int ms) => arguments.Timeout is not null
        ? arguments
        : arguments with { Timeout = ((long)ms + Grace is > GatewayCaller.UsualTimeoutMs and <= int.MaxValue and var enough ? enough : GatewayCaller.UsualTimeoutMs).ToString(CultureInfo.InvariantCulture) };

    private static string? Text(JsonElement result, string name) => result.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}
