using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Hosting;
using OpenClaw.Gateway.Bus;
using OpenClaw.Gateway.Bus.Calls;
using OpenClaw.Gateway.Core.Auditing;
using OpenClaw.Gateway.Core.Cluster;
using OpenClaw.Gateway.Core.Connections;
using OpenClaw.Gateway.Core.Presence;
using OpenClaw.Gateway.Protocol.Scopes;

namespace OpenClaw.Gateway.Core.Approvals;

/// <summary>A person's decision about a command.</summary>
internal sealed record ApprovalDecision(string Id, string Decision, string? ResolvedBy, AuditActor Actor);

/// <summary>
/// Approvals over all cores: the question is an event that every core's operators get, it waits on the core that asked, and the decision
/// finds its way there from any.
/// </summary>
internal sealed class SharedApprovals(
    PendingApprovals here, ConnectionRegistry connections, PresenceStore presence, IBus bus, CoreId self, CoreDirectory cores, TimeProvider time) : BackgroundService
{
    private static readonly byte[] Yes = [1];

    private static readonly CallOptions Patience = new() { Timeout = TimeSpan.FromSeconds(5) };

    /// <summary>Whether anybody is connected who may decide. Those on other cores are known by their presence.</summary>
    public bool MayBeDecided =>
        connections.All.Any(connection => !connection.IsClosing && connection.Identity?.Has(OperatorScopes.Approvals) == true)
        || presence.AnyElsewhere(static row => row.Reason != "disconnect" && row.Scopes?.Any(static scope => scope is OperatorScopes.Approvals or OperatorScopes.Admin) == true);

    /// <summary>Decides. False when nothing of this id waits on any core that answers, or it was decided already.</summary>
    /// <exception cref="BusUnavailableException">It does not wait here, and the other cores cannot be asked.</exception>
    public async ValueTask<bool> ResolveAsync(ApprovalDecision decision, CancellationToken cancellationToken)
    {
        if (here.Resolve(decision.Id, decision.Decision, decision.ResolvedBy, decision.Actor))
            return true;
        var request = JsonSerializer.SerializeToUtf8Bytes(decision, ApprovalJson.Default.ApprovalDecision);
        var answers = await Task.WhenAll(cores.Others.Select(core => AskAsync(core, request, cancellationToken))).ConfigureAwait(false);
        return answers.Contains(true);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => bus.ServeAlwaysAsync(ServiceOf(self.Value), Answer, new CallServerOptions(), time, stoppingToken);

    private static string ServiceOf(string core) => "core.approvals." + core;

    private async Task<bool> AskAsync(string core, byte[] request, CancellationToken cancellationToken)
    {
        var result = await bus.Calls.CallAsync(ServiceOf(core), request, Patience, cancellationToken).ConfigureAwait(false);
        return result.Outcome is CallOutcome.Unavailable
            ? throw new BusUnavailableException("The cores of the gateway cannot reach each other.")
            : result.IsAnswered && result.Payload.Span.SequenceEqual(Yes);
    }

    private ValueTask<ReadOnlyMemory<byte>> Answer(CallRequest request, CancellationToken cancellationToken)
    {
        var decision = JsonSerializer.Deserialize(request.Payload.Span, ApprovalJson.Default.ApprovalDecision) ?? throw new JsonException("null");
        var isResolved = here.Resolve(decision.Id, decision.Decision, decision.ResolvedBy, decision.Actor);
        return ValueTask.FromResult<ReadOnlyMemory<byte>>(isResolved ? Yes : Array.Empty<byte>());
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ApprovalDecision))]
internal sealed partial class ApprovalJson : JsonSerializerContext;
