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
        var answers = await Task.WhenAll(cores.Others.Select(core => AskAsync(ServiceOf(core), request, cancellationToken))).ConfigureAwait(false);
        return answers.Any(static answer => answer.Span.SequenceEqual(Yes));
    }

    /// <summary>The approval of this id, wherever it was asked for, which is used up by that; null when there is none, or it is too old.</summary>
    /// <exception cref="BusUnavailableException">It was not asked for here, and the other cores cannot be asked.</exception>
    public async ValueTask<DecidedApproval?> TakeAsync(string id, CancellationToken cancellationToken)
    {
        if (here.Decided.Take(id) is { } known)
            return known;
        var request = JsonSerializer.SerializeToUtf8Bytes(id, ApprovalJson.Default.String);
        var answers = await Task.WhenAll(cores.Others.Select(core => AskAsync(TakenOf(core), request, cancellationToken))).ConfigureAwait(false);
        var taken = answers.FirstOrDefault(static answer => !answer.IsEmpty);
        return taken.IsEmpty ? null : JsonSerializer.Deserialize(taken.Span, ApprovalJson.Default.DecidedApproval);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        bus.ServeAlwaysAsync(ServiceOf(self.Value), Answer, new CallServerOptions(), time, stoppingToken),
        bus.ServeAlwaysAsync(TakenOf(self.Value), Take, new CallServerOptions(), time, stoppingToken));

    private static string ServiceOf(string core) => "core.approvals." + core;

    private static string TakenOf(string core) => "core.approved." + core;

    /// <summary>The answer; empty when there is none.</summary>
    private async Task<ReadOnlyMemory<byte>> AskAsync(string service, byte[] request, CancellationToken cancellationToken)
    {
        var result = await bus.Calls.CallAsync(service, request, Patience, cancellationToken).ConfigureAwait(false);
        return result.Outcome is CallOutcome.Unavailable
            ? throw new BusUnavailableException("The cores of the gateway cannot reach each other.")
            : result.IsAnswered ? result.Payload : default;
    }

    private ValueTask<ReadOnlyMemory<byte>> Answer(CallRequest request, CancellationToken cancellationToken)
    {
        var decision = JsonSerializer.Deserialize(request.Payload.Span, ApprovalJson.Default.ApprovalDecision) ?? throw new JsonException("null");
        var isResolved = here.Resolve(decision.Id, decision.Decision, decision.ResolvedBy, decision.Actor);
        return ValueTask.FromResult<ReadOnlyMemory<byte>>(isResolved ? Yes : Array.Empty<byte>());
    }

    private ValueTask<ReadOnlyMemory<byte>> Take(CallRequest request, CancellationToken cancellationToken)
    {
        var id = JsonSerializer.Deserialize(request.Payload.Span, ApprovalJson.Default.String) ?? throw new JsonException("null");
        return ValueTask.FromResult<ReadOnlyMemory<byte>>(
            here.Decided.Take(id) is { } decided ? JsonSerializer.SerializeToUtf8Bytes(decided, ApprovalJson.Default.DecidedApproval) : []);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ApprovalDecision))]
[JsonSerializable(typeof(DecidedApproval))]
[JsonSerializable(typeof(string))]
internal sealed partial class ApprovalJson : JsonSerializerContext;
