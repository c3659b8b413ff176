namespace OpenClaw.Gateway.Bus.Calls;

/// <summary>
/// Serves a service until stopped. Disposing cancels the calls that are being handled, which end for their callers as
/// <see cref="CallOutcome.ServerStopped"/>, and waits for their handlers to return.
/// </summary>
public interface ICallServer : IAsyncDisposable
{
    /// <summary>The service served.</summary>
    string Service { get; }

    /// <summary>Takes no more calls and lets those that have begun finish.</summary>
    /// <param name="cancellationToken">The end of patience: the handlers that still run are cancelled then, and awaited.</param>
    Task StopAsync(CancellationToken cancellationToken = default);
}
