using System.Net.Sockets;

namespace OpenClaw.Channels.Telegram.Api;

/// <summary>
/// A connection whose end is awaited: when it is closed in the midst of an answer, the other side is told so and gets the time to close too, and only then
/// the read that waits comes back. A poll that was cancelled is over at the API when the cancellation is, and the next one does not find it there. One that
/// does not close is cut.
/// </summary>
/// <param name="socket">Owned.</param>
/// <param name="patience">How long the other side has.</param>
/// <param name="time">Clock.</param>
internal sealed class LingeringStream(Socket socket, TimeSpan patience, TimeProvider time) : WrappedStream(new NetworkStream(socket, ownsSocket: true))
{
    private readonly Lock _gate = new();
    private int _reads;
    private bool _isClosing;
    private ITimer? _cut;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isClosing, this);
            _reads++;
        }
        try
        {
            return await Inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            bool isLast;
            lock (_gate)
                isLast = --_reads == 0 && _isClosing;
            if (isLast)
                Cut();
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && BeginClosing())
            Cut();
        base.Dispose(disposing);
    }

    /// <returns>There is nothing to wait for.</returns>
    private bool BeginClosing()
    {
        lock (_gate)
        {
            if (_isClosing)
                return false;
            _isClosing = true;
            if (_reads == 0)
                return true;
            try
            {
                socket.Shutdown(SocketShutdown.Send);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // The other side was faster.
                return true;
            }
            _cut = time.CreateTimer(static stream => ((LingeringStream)stream!).Cut(), this, patience, Timeout.InfiniteTimeSpan);
            return false;
        }
    }

    private void Cut()
    {
        lock (_gate)
            _cut?.Dispose();
        Inner.Dispose();
    }
}
