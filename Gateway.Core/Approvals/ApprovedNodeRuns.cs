using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Auditing;
using OpenClaw.Gateway.Core.Connections;
using OpenClaw.Gateway.Protocol.Scopes;

namespace OpenClaw.Gateway.Core.Approvals;

/// <summary>
/// Decides whether a <c>system.run</c> may reach a node with the word that a person approved it, since the node believes it. An approval
/// that was asked for holds for the command, directory, agent and, where the client named one, node that people were shown, for the device
/// that asked, once, and for nothing else.
/// </summary>
internal sealed class ApprovedNodeRuns(SharedApprovals approvals)
{
    /// <summary>Why a run is refused whose approval is for something else; wire text.</summary>
    private const string Mismatch = "approval id does not match request";

    private const string DefaultAgent = "main";

    private static readonly string[] Words = ["approved", "approvalDecision"];

    /// <summary>The params to forward; null with a reason when they are refused.</summary>
    /// <exception cref="OpenClaw.Gateway.Bus.BusUnavailableException">It was not asked for here, and the other cores cannot be asked.</exception>
    public async ValueTask<(string? ParamsJson, string? Refusal)> CheckAsync(ConnectionIdentity caller, string nodeId, JsonElement parameters, CancellationToken cancellationToken)
    {
        if (parameters.ValueKind is not JsonValueKind.Object || !Words.Any(word => parameters.TryGetProperty(word, out _)))
            return (parameters.GetRawText(), null);
        var claimed = IsTrue(parameters, "approved") || Text(parameters, "approvalDecision") is "allow-once" or "allow-always";
        if (claimed && Text(parameters, "runId") is { } id && await approvals.TakeAsync(id, cancellationToken).ConfigureAwait(false) is { } decided)
        {
            return ShownCommand.IsWhatRuns(decided.Subject.Command, Arguments(parameters), Text(parameters, "rawCommand"))
                && (decided.Subject.Cwd ?? "") == (Text(parameters, "cwd") ?? "")
                && AgentOf(decided.Subject.AgentId) == AgentOf(Text(parameters, "agentId")) && !HasVariables(parameters)
                && (decided.Subject.NodeId?.Trim() is not { Length: > 0 } named || named == nodeId) && IsSame(decided.AskedBy, caller)
                ? (With(parameters, decided.Decision), null)
                : (null, Mismatch);
        }
        // Who may approve commands may as well say that this one is approved. Anybody else's word is left out.
        return caller.Has(OperatorScopes.Approvals) ? (parameters.GetRawText(), null) : (With(parameters, null), null);
    }

    /// <summary>A command asks over one connection and runs over the next, so the device counts; clients without one are told apart by their id.</summary>
    private static bool IsSame(AuditActor asker, ConnectionIdentity caller) =>
        asker.DeviceId == caller.DeviceId && (caller.DeviceId is not null || asker.Name == caller.Client.Id);

    /// <summary>What the node executes; null when it is not a list of texts.</summary>
    private static string[]? Arguments(JsonElement parameters) =>
        parameters.TryGetProperty("command", out var command) && command.ValueKind is JsonValueKind.Array
        && command.EnumerateArray().All(static word => word.ValueKind is JsonValueKind.String)
            ? [.. command.EnumerateArray().Select(static word => word.GetString()!)]
            : null;

    /// <summary>Who does not name an agent means the main one, when he asks and when he runs.</summary>
    private static string AgentOf(string? agentId) => agentId?.Trim() is { Length: > 0 } named ? named : DefaultAgent;

    /// <summary>Nobody was shown variables, so nobody approved them.</summary>
    private static bool HasVariables(JsonElement parameters) =>
        parameters.TryGetProperty("env", out var env)
        && env.ValueKind is not JsonValueKind.Null && !(env.ValueKind is JsonValueKind.Object && !env.EnumerateObject().Any());

    private static string With(JsonElement parameters, string? decision)
    {
        var given = JsonObject.Create(parameters)!;
        foreach (var word in Words)
            given.Remove(word);
        if (decision is not null)
            (given["approved"], given["approvalDecision"]) = (true, decision);
        return given.ToJsonString();
    }

    private static string? Text(JsonElement parameters, string name) =>
        parameters.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String && value.GetString()!.Trim() is { Length: > 0 } text ? text : null;

    private static bool IsTrue(JsonElement parameters, string name) => parameters.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True;
}
