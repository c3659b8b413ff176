using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Bus.Leases;

namespace OpenClaw.Gateway.Bus.Redis;

internal sealed partial class RedisLease : ILease
{
    private readonly RedisLeases _owner;
    private readonly TimeSpan _timeToLive;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _lost = new();
    private Deadline _deadline;
    private ITimer? _timer;
    private bool _isLost;

    public RedisLease(RedisLeases owner, string name, string holder, long token, TimeSpan timeToLive, Deadline deadline, TimeProvider time, ILogger logger)
    {
        _owner = owner;
        _timeToLive = timeToLive;
        _time = time;
        _logger = logger;
        _deadline = deadline;
        Name = name;
        Owner = holder;
        FencingToken = token;
        Lost = _lost.Token;
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

    public async ValueTask<bool> RenewAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!IsHeld)
            return false;
        var deadline = Deadline.After(_time, _timeToLive);
        if (!await _owner.RenewAsync(this, _timeToLive, cancellationToken).ConfigureAwait(false))
        {
            Lose();
            return false;
        }
        lock (_gate)
        {
            // The answer may come so late that the lease ran out in between, which cannot be taken back.
            if (_isLost)
                return false;
            // The timer stays as it is and, when it fires, sees how much longer it has to wait.
            if (deadline.Timestamp > _deadline.Timestamp)
                _deadline = deadline;
            return !_deadline.IsOver(_time);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Lose())
            await _owner.ReleaseAsync(this).ConfigureAwait(false);
    }

    /// <summary>Begins to watch for the end.</summary>
    internal void Arm()
    {
        lock (_gate)
        {
            if (!_isLost)
                _timer = _time.CreateTimer(static lease => ((RedisLease)lease!).OnTimer(), this, _deadline.TimerDelay(_time), Timeout.InfiniteTimeSpan);
        }
    }

    private void OnTimer()
    {
        lock (_gate)
        {
            if (_isLost)
                return;
            if (!_deadline.IsOver(_time))
            {
                _timer!.Change(_deadline.TimerDelay(_time), Timeout.InfiniteTimeSpan);
                return;
            }
        }
        Lose();
    }

    /// <summary>Ends the lease for its owner; false when it had ended already.</summary>
    private bool Lose()
    {
        ITimer? timer;
        lock (_gate)
        {
            if (_isLost)
                return false;
            _isLost = true;
            timer = _timer;
        }
        timer?.Dispose();
        _owner.Forget(this);
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
        return true;
    }
}
