using System.Text.Json;
using OpenClaw.Cli.Commands.Nodes;
using OpenClaw.Cli.Connections;
using OpenClaw.Cli.Hosting;
using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Core.HostCommands;
using OpenClaw.Gateway.Protocol.Json;
using OpenClaw.Gateway.Protocol.Methods.Approvals;

namespace OpenClaw.Cli.Commands.Approvals;

/// <summary>Where a file of approvals is: here, at the gateway, or at a node. Here no gateway is needed.</summary>
/// <param name="context">The command.</param>
/// <param name="arguments">Which gateway.</param>
/// <param name="node">The node, as the user names it.</param>
/// <param name="gateway">The gateway's own.</param>
internal sealed class ApprovalsPlace(CommandContext context, ClientArguments arguments, string? node, bool gateway)
{
    private string? _nodeId;

    public bool IsHere => !gateway && string.IsNullOrEmpty(node);

    /// <summary>For people.</summary>
    public string Label => IsHere ? "local" : _nodeId is { } id ? "node:" + id : "gateway";

    /// <summary>The file; null when it could not be had, which was said then.</summary>
    public async Task<ExecApprovalsResult?> LoadAsync(CancellationToken cancellation)
    {
        if (IsHere)
            return await HereAsync(policy => policy.ReadApprovalsAsync(cancellation), cancellation).ConfigureAwait(false);
        if (!string.IsNullOrEmpty(node))
        {
            if (await AskAsync("node.list", "{}"u8.ToArray(), cancellation).ConfigureAwait(false) is not { } nodes)
                return null;
            (_nodeId, var problem) = NodeSelector.Find(JsonSerializer.Deserialize(nodes.Span, ProtocolJson.Context.NodeListResult)!.Nodes, node);
            if (_nodeId is null)
                return await FailAsync(problem!).ConfigureAwait(false);
        }
        return Read(await AskAsync(
            _nodeId is null ? "exec.approvals.get" : "exec.approvals.node.get",
            _nodeId is null ? "{}"u8.ToArray() : JsonSerializer.SerializeToUtf8Bytes(new ExecApprovalsNodeGetParams { NodeId = _nodeId }, ProtocolJson.Context.ExecApprovalsNodeGetParams),
            cancellation).ConfigureAwait(false));
    }

    /// <summary>Replaces the file that was loaded; null when that failed, which was said then.</summary>
    public async Task<ExecApprovalsResult?> SaveAsync(ExecApprovalsDocument file, string baseHash, CancellationToken cancellation)
    {
        if (IsHere)
        {
            var write = await HereAsync(policy => policy.ReplaceApprovalsAsync(file, baseHash, cancellation), cancellation).ConfigureAwait(false);
            if (write is null)
                return null;
            return write.Result ?? await FailAsync("exec approvals changed meanwhile; try again").ConfigureAwait(false);
        }
        return Read(await AskAsync(
            _nodeId is null ? "exec.approvals.set" : "exec.approvals.node.set",
            _nodeId is null
                ? JsonSerializer.SerializeToUtf8Bytes(new ExecApprovalsSetParams { File = file, BaseHash = baseHash }, ProtocolJson.Context.ExecApprovalsSetParams)
                : JsonSerializer.SerializeToUtf8Bytes(new ExecApprovalsNodeSetParams { NodeId = _nodeId, File = file, BaseHash = baseHash }, ProtocolJson.Context.ExecApprovalsNodeSetParams),
            cancellation).ConfigureAwait(false));
    }

    private static ExecApprovalsResult? Read(ReadOnlyMemory<byte>? json) =>
        json is { } answer ? JsonSerializer.Deserialize(answer.Span, ProtocolJson.Context.ExecApprovalsResult) : null;

    private async Task<T?> HereAsync<T>(Func<HostCommandPolicy, Task<T>> work, CancellationToken cancellation)
        where T : class
    {
        using var log = await CommandLog.OpenAsync(context, cancellation).ConfigureAwait(false);
        using var policy = new HostCommandPolicy(context.Environment, context.Time, log.Loggers);
        try
        {
            return await work(policy).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await context.FailAsync("Error: " + e.Message).ConfigureAwait(false);
            return null;
        }
    }

    private async Task<ReadOnlyMemory<byte>?> AskAsync(string method, byte[] parameters, CancellationToken cancellation)
    {
        if (arguments.TimeoutOr(GatewayCaller.UsualTimeoutMs) is not { } timeout)
        {
            await FailAsync("invalid --timeout: " + arguments.Timeout).ConfigureAwait(false);
            return null;
        }
        var route = await GatewayCaller.RouteAsync(context, arguments, cancellation).ConfigureAwait(false);
        var outcome = await GatewayCaller.CallAsync(context, route, method, parameters, timeout, expectFinal: false, cancellation).ConfigureAwait(false);
        if (outcome.Failure is null)
            return outcome.Response!.Payload;
        await outcome.Failure.ReportAsync(context, "Error: ").ConfigureAwait(false);
        return null;
    }

    private async Task<ExecApprovalsResult?> FailAsync(string problem)
    {
        await context.FailAsync("Error: " + problem).ConfigureAwait(false);
        return null;
    }
}
