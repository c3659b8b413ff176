using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Bus.Leases;

namespace OpenClaw.Gateway.Bus.InProcess;

internal sealed partial class InProcessLease : ILease
{
    private readonly InProcessLeases _owner;
    private readonly TimeSpan _timeToLive;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _lost = new();
    private readonly ITimer _timer;
    private Deadline _deadline;
    private bool _isLost;

    public InProcessLease(InProcessLeases owner, string name, string holder, long token, TimeSpan timeToLive, TimeProvider time, ILogger logger)
    {
        _owner = owner;
        _timeToLive = timeToLive;
        _time = time;
        _logger = logger;
        Name = name;
        Owner = holder;
        FencingToken = token;
        Lost = _lost.Token;
        _deadline = Deadline.After(time, timeToLive);
        _timer = time.CreateTimer(static lease => ((InProcessLease)lease!).OnTimer(), this, _deadline.TimerDelay(time), Timeout.InfiniteTimeSpan);
    }

    public string Name { get; }

    public string Owner { get; }

    public long FencingToken { get; }

    public CancellationToken Lost { get; }

    public bool IsHeld
    {
        get
        {
            lock (_gate)
                return !_isLost && !_deadline.IsOver(_time);
        }
    }

    public ValueTask<bool> RenewAsync(CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<bool>(cancellationToken);
        lock (_gate)
        {
            if (_isLost || _deadline.IsOver(_time))
                return ValueTask.FromResult(false);
            // The timer stays as it is and, when it fires, sees how much longer it has to wait.
            _deadline = Deadline.After(_time, _timeToLive);
            return ValueTask.FromResult(true);
        }
    }

    public ValueTask DisposeAsync()
    {
        Lose();
        return ValueTask.CompletedTask;
    }

    internal LeaseHolder ToHolder()
    {
        lock (_gate)
            return new LeaseHolder(Owner, FencingToken, _deadline.Remaining(_time));
    }

    /// <summary>Ends the lease, however it came to its end; only the first time counts.</summary>
    internal void Lose()
    {
        lock (_gate)
        {
            if (_isLost)
                return;
            _isLost = true;
        }
        _timer.Dispose();
        _owner.Remove(this);
        try
        {
            _lost.Cancel();
        }
        catch (AggregateException exception)
        {
            // Callbacks of the owner; on a timer's thread their exceptions would end the process.
            _logger.LogCallbackFailed(exception, Name);
        }
        _lost.Dispose();
    }

    private void OnTimer()
    {
        lock (_gate)
        {
            if (_isLost)
                return;
            if (!_deadline.IsOver(_time))
            {
                _timer.Change(_deadline.TimerDelay(_time), Timeout.InfiniteTimeSpan);
                return;
            }
        }
        Lose();
    }
}
