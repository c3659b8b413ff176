namespace OpenClaw.Gateway.Core.Devices;

/// <summary>How a decision about a request ended.</summary>
internal enum PairingDecisionStatus
{
    Done,

    /// <summary>There is no such request: never made, decided already, or expired.</summary>
    Unknown,

    /// <summary>Who decided may not grant what was asked for.</summary>
    Denied,
}

/// <summary>A decision about a request.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Request">The request, when there was one.</param>
/// <param name="Device">The device as it is now, when it was approved.</param>
/// <param name="MissingScope">What the decider lacks, when he was denied.</param>
internal sealed record PairingDecision(PairingDecisionStatus Status, PairingRequest? Request = null, PairedDevice? Device = null, string? MissingScope = null);

/// <summary>The requests that wait for a person, and his decisions.</summary>
internal sealed class PairingRequests(DeviceStore store, TimeProvider time)
{
    /// <summary>Everything that is known now.</summary>
    public Task<DeviceState> ListAsync(CancellationToken cancellationToken) =>
        store.UpdateAsync(state => (state.WithoutOver(Now), state.WithoutOver(Now)), cancellationToken);

    /// <summary>Approves a request: the device gets what it asked for on top of what it had, and a new token.</summary>
    public Task<PairingDecision> ApproveAsync(string requestId, GrantAuthority authority, CancellationToken cancellationToken) =>
        store.UpdateAsync(state => Approve(state.WithoutOver(Now), requestId, authority), cancellationToken);

    /// <summary>Turns a request down. What the device had before stays.</summary>
    public Task<PairingDecision> RejectAsync(string requestId, CancellationToken cancellationToken) =>
        store.UpdateAsync(state => Reject(state.WithoutOver(Now), requestId), cancellationToken);

    private (DeviceState, PairingDecision) Approve(DeviceState state, string requestId, GrantAuthority authority)
    {
        if (state.Pending.GetValueOrDefault(requestId) is not { } request)
            return (state, new PairingDecision(PairingDecisionStatus.Unknown));
        if (authority.FirstBeyond(request.Scopes ?? []) is { } missing)
            return (state, new PairingDecision(PairingDecisionStatus.Denied, request, MissingScope: missing));
        var (next, device) = state.Approve(request, Now);
        return (next, new PairingDecision(PairingDecisionStatus.Done, request, device));
    }

    private static (DeviceState, PairingDecision) Reject(DeviceState state, string requestId) =>
        state.Pending.GetValueOrDefault(requestId) is { } request
            ? (state with { Pending = state.Pending.Remove(requestId) }, new PairingDecision(PairingDecisionStatus.Done, request))
            : (state, new PairingDecision(PairingDecisionStatus.Unknown));

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();
}
