namespace OpenClaw.Gateway.Bus.Queues;

/// <summary>
/// Consumes a queue until stopped. Disposing cancels the handlers that run and waits for them to return; the messages
/// they did not finish go to the next consumer.
/// </summary>
public interface IQueueConsumer : IAsyncDisposable
{
    /// <summary>The queue consumed.</summary>
    string Queue { get; }

    /// <summary>Takes no more messages and lets the handlers that run finish.</summary>
    /// <param name="cancellationToken">The end of patience: the handlers that still run are cancelled then, and awaited.</param>
    Task StopAsync(CancellationToken cancellationToken = default);
}
