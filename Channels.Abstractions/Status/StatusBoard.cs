using System.Text.Json;
using System.Threading.Channels;
using OpenClaw.Gateway.Bus;

namespace OpenClaw.Channels.Abstractions.Status;

/// <summary>Keeps the status of the accounts that this process speaks for on the bus: at every change, and again before it is forgotten.</summary>
internal sealed class StatusBoard(IBus bus, TimeProvider time)
{
    /// <summary>How long the word of a process that is silent counts.</summary>
    public static readonly TimeSpan TimeToLive = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(5);

    /// <summary>Many changes in a row are told as one.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, AccountStatus> _statuses = new(StringComparer.Ordinal);
    private readonly HashSet<string> _changed = new(StringComparer.Ordinal);
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Speaks for an account from now on, or changes what is told of it.</summary>
    public void Set(string key, Func<AccountStatus?, AccountStatus> change)
    {
        lock (_gate)
        {
            var before = _statuses.GetValueOrDefault(key);
            var after = change(before);
            if (after == before)
                return;
            _statuses[key] = after;
            _changed.Add(key);
        }
        Wake();
    }

    /// <summary>Changes what is told of an account, if this process speaks for it.</summary>
    public void Update(string key, Func<AccountStatus, AccountStatus> change)
    {
        lock (_gate)
        {
            if (!_statuses.TryGetValue(key, out var before))
                return;
            var after = change(before);
            if (after == before)
                return;
            _statuses[key] = after;
            _changed.Add(key);
        }
        Wake();
    }

    /// <summary>Speaks for an account no more, as somebody else does.</summary>
    public void Leave(string key)
    {
        lock (_gate)
        {
            _statuses.Remove(key);
            _changed.Remove(key);
        }
    }

    /// <summary>The account is no more.</summary>
    public async Task RemoveAsync(string key, CancellationToken cancellationToken)
    {
        Leave(key);
        try
        {
            await bus.Maps.RemoveAsync(ChannelNames.StatusMap, key, cancellationToken: cancellationToken).ConfigureAwait(false);
        }
        catch (BusUnavailableException)
        {
            // It is forgotten in time.
        }
    }

    /// <summary>Tells until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await FlushAsync(all: true, cancellationToken).ConfigureAwait(false);
            var refreshAt = time.GetTimestamp();
            while (!cancellationToken.IsCancellationRequested && Refresh - time.GetElapsedTime(refreshAt) is var left && left > TimeSpan.Zero)
            {
                await WaitAsync(left, cancellationToken).ConfigureAwait(false);
                await FlushAsync(all: false, cancellationToken).ConfigureAwait(false);
                await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Tells what changed, or everything.</summary>
    public async Task FlushAsync(bool all, CancellationToken cancellationToken)
    {
        List<AccountStatus> told;
        lock (_gate)
        {
            told = [.. _statuses.Where(pair => all || _changed.Contains(pair.Key)).Select(pair => pair.Value)];
            _changed.Clear();
        }
        foreach (var status in told)
        {
            var key = ChannelNames.AccountKey(status.Channel, status.AccountId);
            try
            {
                var value = JsonSerializer.SerializeToUtf8Bytes(status, ChannelJsonContext.Default.AccountStatus);
                await bus.Maps.SetAsync(ChannelNames.StatusMap, key, value, TimeToLive, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is BusUnavailableException or OperationCanceledException)
            {
                // Told again at the next refresh.
            }
        }
    }

    private async Task WaitAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        await ((Task)_wake.Reader.ReadAsync(either.Token).AsTask()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void Wake() => _wake.Writer.TryWrite(true);
}
