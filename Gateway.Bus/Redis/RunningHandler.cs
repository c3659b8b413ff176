namespace OpenClaw.Gateway.Bus.Redis;

/// <summary>A handler at work, which is cancelled when its consumer stops or its turn was given to another consumer.</summary>
internal sealed class RunningHandler : IAsyncDisposable
{
    private readonly CancellationTokenSource _cancellation;
    private readonly Lock _gate = new();
    private Task _cancelling = Task.CompletedTask;
    private bool _isOver;

    public RunningHandler(CancellationToken stop)
    {
        _cancellation = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Token = _cancellation.Token;
    }

    public CancellationToken Token { get; }

    /// <summary>Whether the turn was given to another consumer.</summary>
    public bool IsLost { get; private set; }

    /// <summary>Cancels the handler as its turn is lost; false when it is known already, or the handler has ended.</summary>
    public bool Lose()
    {
        lock (_gate)
        {
            if (IsLost || _isOver)
                return false;
            IsLost = true;
            // Its callbacks run elsewhere: what they throw is the handler's own affair, and must not end the renewing.
            _cancelling = _cancellation.CancelAsync();
            return true;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task cancelling;
        lock (_gate)
        {
            _isOver = true;
            cancelling = _cancelling;
        }
        await cancelling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _cancellation.Dispose();
    }
}
