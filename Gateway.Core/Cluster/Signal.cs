using System.Threading.Channels;

namespace OpenClaw.Gateway.Core.Cluster;

/// <summary>Wakes one waiter; raised while nobody waits it wakes the next one, and several times count as one.</summary>
internal sealed class Signal
{
    private readonly Channel<bool> _raised = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Raise() => _raised.Writer.TryWrite(true);

    /// <summary>Waits until it is raised, or until the limit.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task WaitAsync(TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            await _raised.Reader.ReadAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The limit.
        }
    }
}
