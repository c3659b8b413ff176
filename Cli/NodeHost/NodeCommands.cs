using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.HostCommands;
using OpenClaw.Gateway.Protocol.Json;
using OpenClaw.Gateway.Protocol.Methods.Approvals;

namespace OpenClaw.Cli.NodeHost;

/// <summary>Does what a gateway asks, and does a repeated request only once.</summary>
internal sealed class NodeCommands(HostCommandPolicy policy, SystemRun run)
{
    /// <summary>Answers that are kept for repeats.</summary>
    private const int MaxRemembered = 256;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Task<NodeAnswer>> _known = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    /// <summary>What the node declares. There is no browser to control here, so <c>browser.proxy</c> is not among them.</summary>
    public static IReadOnlyList<string> Names { get; } = ["system.run", "system.which", "system.execApprovals.get", "system.execApprovals.set"];

    /// <summary>The answer; never fails but by cancellation.</summary>
    public Task<NodeAnswer> AnswerAsync(NodeRequest request, CancellationToken cancellationToken)
    {
        if (request.Key is null)
            return DoAsync(request, cancellationToken);
        // The same key for something else is no repeat.
        var key = $"{request.Key}\n{request.Command}\n{request.ParamsJson}";
        lock (_gate)
        {
            if (_known.TryGetValue(key, out var before))
                return before;
            if (_order.Count == MaxRemembered)
                _known.Remove(_order.Dequeue());
            _order.Enqueue(key);
            return _known[key] = DoAsync(request, cancellationToken);
        }
    }

    private async Task<NodeAnswer> DoAsync(NodeRequest request, CancellationToken cancellationToken)
    {
        await Task.Yield();
        try
        {
            return request.Command switch
            {
                "system.run" => await run.RunAsync(request.Params(), request.TimeoutMs, cancellationToken).ConfigureAwait(false),
                "system.which" => Which(request.Params()),
                "system.execApprovals.get" => Approvals(await policy.ReadApprovalsAsync(cancellationToken).ConfigureAwait(false)),
                "system.execApprovals.set" => await SetApprovalsAsync(request.Params(), cancellationToken).ConfigureAwait(false),
                "browser.proxy" => NodeAnswer.Invalid("Error: UNAVAILABLE: node browser proxy disabled"),
                _ => NodeAnswer.Unavailable("command not supported"),
            };
        }
        catch (JsonException e)
        {
            return NodeAnswer.Invalid("Error: INVALID_REQUEST: " + e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return NodeAnswer.Unavailable(e.Message);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The caller waits: whatever went wrong here, it is told so.
            return NodeAnswer.Unavailable($"the node failed: {e.GetType().Name}");
        }
    }

    private NodeAnswer Which(JsonElement parameters)
    {
        if (!parameters.TryGetProperty("bins", out var bins) || bins.ValueKind is not JsonValueKind.Array)
            return NodeAnswer.Invalid("Error: INVALID_REQUEST: bins required");
        var found = new JsonObject();
        foreach (var (name, path) in policy.Which(bins.EnumerateArray().Where(static bin => bin.ValueKind is JsonValueKind.String).Select(static bin => bin.GetString()!)))
            found[name] = path;
        return new NodeAnswer(new JsonObject { ["bins"] = found }.ToJsonString());
    }

    private async Task<NodeAnswer> SetApprovalsAsync(JsonElement parameters, CancellationToken cancellationToken)
    {
        if (!parameters.TryGetProperty("file", out var file) || file.ValueKind is not JsonValueKind.Object)
            return NodeAnswer.Invalid("Error: INVALID_REQUEST: exec approvals file required");
        var document = file.Deserialize(ProtocolJson.Context.ExecApprovalsDocument)!;
        var baseHash = parameters.TryGetProperty("baseHash", out var hash) && hash.ValueKind is JsonValueKind.String ? hash.GetString()!.Trim() : null;
        var (result, missing) = await policy.ReplaceApprovalsAsync(document, string.IsNullOrEmpty(baseHash) ? null : baseHash, cancellationToken).ConfigureAwait(false);
        if (result is not null)
            return Approvals(result);
        return NodeAnswer.Invalid(missing
            ? "Error: INVALID_REQUEST: exec approvals base hash required; reload and retry"
            : "Error: INVALID_REQUEST: exec approvals changed; reload and retry");
    }

    private static NodeAnswer Approvals(ExecApprovalsResult result) => new(JsonSerializer.Serialize(result, ProtocolJson.Context.ExecApprovalsResult));
}
