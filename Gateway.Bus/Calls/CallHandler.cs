namespace OpenClaw.Gateway.Bus.Calls;

/// <summary>Answers a call.</summary>
/// <param name="request">The call.</param>
/// <param name="cancellationToken">Signalled when nobody waits for the answer any more: deadline, caller gone, server stopped.</param>
/// <returns>The answer; it must not be changed afterwards. An exception becomes <see cref="CallOutcome.ServerFailed"/>.</returns>
public delegate ValueTask<ReadOnlyMemory<byte>> CallHandler(CallRequest request, CancellationToken cancellationToken);

/// <summary>A call as its server sees it.</summary>
/// <param name="Service">The service that was called.</param>
/// <param name="Payload">What the caller sent.</param>
/// <param name="Deadline">When the caller stops waiting, by the clock of the server.</param>
public sealed record CallRequest(string Service, ReadOnlyMemory<byte> Payload, DateTimeOffset Deadline);
