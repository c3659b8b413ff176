using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using OpenClaw.Cli.Connections;
using OpenClaw.Cli.Output;
using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Protocol.Json;
using OpenClaw.Gateway.Protocol.Methods.Nodes;

namespace OpenClaw.Cli.Commands.Nodes;

/// <summary>What a node is told to do.</summary>
/// <param name="Node">The node, as the user names it.</param>
/// <param name="Command">The command.</param>
/// <param name="Parameters">JSON of its params.</param>
/// <param name="TimeoutMs">How long the node may take.</param>
/// <param name="Key">Key of the order; one is made up when null.</param>
internal sealed record NodeOrder(string Node, string Command, string Parameters, int TimeoutMs, string? Key);

/// <summary>Runs the subcommands of <c>openclaw nodes</c>, all over the gateway: only it knows who is connected.</summary>
internal static class NodesRun
{
    /// <summary>Time for the gateway to tell that the node took too long.</summary>
    private const int Grace = 2_000;

    private static ProtocolJsonContext Types => ProtocolJson.Context;

    public static Task<int> StatusAsync(CommandContext context, ClientArguments arguments, CancellationToken cancellation) =>
        SayAsync(context, arguments, "status", "node.list", "{}"u8.ToArray(), Types.NodeListResult, list => NodeTables.Status(list.Nodes, context), cancellation);

    public static async Task<int> ListAsync(CommandContext context, ClientArguments arguments, CancellationToken cancellation)
    {
        var answer = await AskAsync(context, arguments, "list", "node.pair.list", "{}"u8.ToArray(), cancellation).ConfigureAwait(false);
        if (answer is not { } json)
            return 1;
        var list = JsonSerializer.Deserialize(json.Span, Types.NodePairListResult)!;
        // Scripts know the line above the JSON from the peer, and skip it.
        await context.Out.WriteLineAsync(arguments.Json ? $"{NodeTables.Summary(list)}\n{JsonText.Indent(json.Span)}" : TerminalText.Harmless(NodeTables.List(list, context))).ConfigureAwait(false);
        return 0;
    }

    public static async Task<int> PendingAsync(CommandContext context, ClientArguments arguments, CancellationToken cancellation)
    {
        var answer = await AskAsync(context, arguments, "pending", "node.pair.list", "{}"u8.ToArray(), cancellation).ConfigureAwait(false);
        if (answer is not { } json)
            return 1;
        var pending = JsonSerializer.Deserialize(json.Span, Types.NodePairListResult)!.Pending;
        if (arguments.Json)
        {
            using var document = JsonDocument.Parse(json);
            await context.Out.WriteLineAsync(JsonText.Indent(JsonSerializer.SerializeToUtf8Bytes(document.RootElement.GetProperty("pending"), Types.JsonElement))).ConfigureAwait(false);
            return 0;
        }
        await context.Out.WriteLineAsync(pending.Count == 0 ? "No pending pairing requests." : TerminalText.Harmless(NodeTables.Pending(pending, context))).ConfigureAwait(false);
        return 0;
    }

    /// <summary>Prints JSON always: the new token is for a program.</summary>
    public static Task<int> DecideAsync(CommandContext context, ClientArguments arguments, string verb, string method, string requestId, CancellationToken cancellation) =>
        PrintAsync(context, arguments, verb, method, JsonSerializer.SerializeToUtf8Bytes(new NodePairDecisionParams { RequestId = requestId }, Types.NodePairDecisionParams), cancellation);

    public static async Task<int> RenameAsync(CommandContext context, ClientArguments arguments, string node, string name, CancellationToken cancellation)
    {
        var parameters = JsonSerializer.SerializeToUtf8Bytes(new NodeRenameParams { NodeId = node, DisplayName = name }, Types.NodeRenameParams);
        return await SayAsync(
            context, arguments, "rename", "node.rename", parameters, Types.NodeRenameResult, done => $"node rename ok: {done.NodeId} -> {done.DisplayName}", cancellation).ConfigureAwait(false);
    }

    public static async Task<int> DescribeAsync(CommandContext context, ClientArguments arguments, string node, CancellationToken cancellation)
    {
        if (await FindAsync(context, arguments, "describe", node, cancellation).ConfigureAwait(false) is not { } nodeId)
            return 1;
        return await PrintAsync(
            context, arguments, "describe", "node.describe", JsonSerializer.SerializeToUtf8Bytes(new NodeDescribeParams { NodeId = nodeId }, Types.NodeDescribeParams), cancellation).ConfigureAwait(false);
    }

    public static async Task<int> InvokeAsync(CommandContext context, ClientArguments arguments, NodeOrder order, CancellationToken cancellation, string verb = "invoke")
    {
        if (order.TimeoutMs < 0)
            return await FailAsync(context, verb, "invalid --invoke-timeout: " + order.TimeoutMs).ConfigureAwait(false);
        JsonElement parameters;
        try
        {
            using var document = JsonDocument.Parse(order.Parameters);
            parameters = document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            return await FailAsync(context, verb, "--params is no JSON: " + e.Message).ConfigureAwait(false);
        }
        if (await FindAsync(context, arguments, verb, order.Node, cancellation).ConfigureAwait(false) is not { } nodeId)
            return 1;
        var call = new NodeInvokeParams
        {
            NodeId = nodeId,
            Command = order.Command,
            Params = parameters,
            TimeoutMs = order.TimeoutMs,
            IdempotencyKey = order.Key ?? Guid.NewGuid().ToString(),
        };
        // The gateway is the one who gives up first, and says why.
        var patient = arguments.Timeout is null ? arguments with { Timeout = Math.Max(GatewayCaller.UsualTimeoutMs, (long)order.TimeoutMs + Grace > int.MaxValue ? int.MaxValue : order.TimeoutMs + Grace).ToString(System.Globalization.CultureInfo.InvariantCulture) } : arguments;
        return await PrintAsync(context, patient, verb, "node.invoke", JsonSerializer.SerializeToUtf8Bytes(call, Types.NodeInvokeParams), cancellation).ConfigureAwait(false);
    }

    /// <summary>The id of the node that is meant; null when there is none, which was said then.</summary>
    public static async Task<string?> FindAsync(CommandContext context, ClientArguments arguments, string verb, string node, CancellationToken cancellation)
    {
        if (await AskAsync(context, arguments, verb, "node.list", "{}"u8.ToArray(), cancellation).ConfigureAwait(false) is not { } json)
            return null;
        var (nodeId, problem) = NodeSelector.Find(JsonSerializer.Deserialize(json.Span, Types.NodeListResult)!.Nodes, node);
        if (problem is not null)
            await FailAsync(context, verb, problem).ConfigureAwait(false);
        return nodeId;
    }

    private static async Task<int> PrintAsync(CommandContext context, ClientArguments arguments, string verb, string method, byte[] parameters, CancellationToken cancellation)
    {
        if (await AskAsync(context, arguments, verb, method, parameters, cancellation).ConfigureAwait(false) is not { } json)
            return 1;
        await context.Out.WriteLineAsync(JsonText.Indent(json.Span)).ConfigureAwait(false);
        return 0;
    }

    private static async Task<int> SayAsync<T>(
        CommandContext context, ClientArguments arguments, string verb, string method, byte[] parameters, JsonTypeInfo<T> type, Func<T, string> text, CancellationToken cancellation)
    {
        if (await AskAsync(context, arguments, verb, method, parameters, cancellation).ConfigureAwait(false) is not { } json)
            return 1;
        await context.Out.WriteLineAsync(arguments.Json ? JsonText.Indent(json.Span) : TerminalText.Harmless(text(JsonSerializer.Deserialize(json.Span, type)!))).ConfigureAwait(false);
        return 0;
    }

    /// <summary>The answer's JSON; null when there is none, which was said then.</summary>
    public static async Task<ReadOnlyMemory<byte>?> AskAsync(CommandContext context, ClientArguments arguments, string verb, string method, byte[] parameters, CancellationToken cancellation)
    {
        if (arguments.TimeoutOr(GatewayCaller.UsualTimeoutMs) is not { } timeout)
        {
            await FailAsync(context, verb, "invalid --timeout: " + arguments.Timeout).ConfigureAwait(false);
            return null;
        }
        var route = await GatewayCaller.RouteAsync(context, arguments, cancellation).ConfigureAwait(false);
        var outcome = await GatewayCaller.CallAsync(context, route, method, parameters, timeout, arguments.ExpectFinal, cancellation).ConfigureAwait(false);
        if (outcome.Failure is { } failure)
        {
            // A refusal may be in the node's words.
            var said = outcome.Response is null ? failure : failure with { Message = TerminalText.HarmlessLine(failure.Message) };
            await said.ReportAsync(context, Prefix(verb)).ConfigureAwait(false);
            return null;
        }
        return outcome.Response!.Payload;
    }

    public static Task<int> FailAsync(CommandContext context, string verb, string problem) => context.FailAsync(Prefix(verb) + problem);

    private static string Prefix(string verb) => $"nodes {verb} failed: Error: ";
}
