namespace OpenClaw.Gateway.Bus.Calls;

/// <summary>
/// Request and answer. A call goes to exactly one of the servers of a service, in turn, and has one outcome: a second
/// answer to it is ignored.
/// </summary>
public interface ICalls
{
    /// <summary>Calls a service and waits for its answer, at most until the deadline.</summary>
    /// <param name="service">See <see cref="IBus"/> for what a name may be. A service that one instance serves has the instance in its name.</param>
    /// <param name="request">May be empty.</param>
    /// <param name="options">The deadline; the default when null.</param>
    /// <param name="cancellationToken">Gives up with <see cref="OperationCanceledException"/>, and tells the server, which may already have acted.</param>
    ValueTask<CallResult> CallAsync(string service, ReadOnlyMemory<byte> request, CallOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Serves calls until the returned server is stopped or disposed. Calls that begin after the returned task has completed find it.</summary>
    /// <param name="service">See <see cref="IBus"/> for what a name may be.</param>
    /// <param name="handler">Answers one call; runs concurrently with itself.</param>
    /// <param name="options">Limits; the defaults when null.</param>
    /// <param name="cancellationToken">Stops waiting for the registration; nothing is served then.</param>
    /// <exception cref="BusUnavailableException">The bus cannot be reached.</exception>
    ValueTask<ICallServer> ServeAsync(string service, CallHandler handler, CallServerOptions? options = null, CancellationToken cancellationToken = default);
}
