using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using OpenClaw.Channels.Abstractions.Accounts;
using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Channels.Abstractions.Outbox;
using OpenClaw.Channels.Abstractions.Status;
using OpenClaw.Gateway.Bus;
using OpenClaw.Gateway.Bus.Calls;
using OpenClaw.Gateway.Bus.Leases;
using OpenClaw.Gateway.Bus.Queues;

namespace OpenClaw.Channels.Abstractions.Hosting;

/// <summary>
/// Keeps one account connected: competes for its lease, and as long as that holds connects, sends, and connects again with a pause when the
/// connection ends, however it ends. There is one such for an account in each process that has its channel, and one of them owns it.
/// </summary>
internal sealed partial class AccountOwner(IChannel channel, ChannelAccount account, IBus bus, StatusBoard board, string owner, TimeProvider time, ILogger logger)
{
    /// <summary>How long sends that have begun may go on when all stops.</summary>
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan BusPause = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private CancellationTokenSource? _restart;
    private IChannelConnection? _connection;

    private string Channel => channel.Description.Id;

    private string Key => ChannelNames.AccountKey(Channel, account.Id);

    public ChannelAccount Account => account;

    /// <summary>Why it must not connect, whatever its settings say; null when it may.</summary>
    public string? Hold { get; init; }

    /// <summary>Competes, owns and connects until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (account.Problem is not null || !account.Enabled || Hold is not null)
        {
            board.Set(Key, _ => Begun() with { LastError = account.Enabled ? account.Problem ?? Hold : null });
            return;
        }
        var lease = new LeaseOwner(bus.Leases, ChannelNames.AccountLease(Channel, account.Id), owner, time);
        try
        {
            await lease.RunAsync(OwnAsync, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopping, or the account has changed.
        }
    }

    private async Task OwnAsync(ILease lease, CancellationToken cancellationToken)
    {
        LogOwned(logger, Channel, account.Id, lease.FencingToken);
        board.Set(Key, _ => Begun() with { Running = true, Owner = owner });
        try
        {
            while (true)
            {
                try
                {
                    await using var server = await bus.Calls.ServeAsync(ChannelNames.AccountService(Channel, account.Id), ActAsync, cancellationToken: cancellationToken).ConfigureAwait(false);
                    await KeepConnectedAsync(lease, cancellationToken).ConfigureAwait(false);
                }
                catch (BusUnavailableException)
                {
                    await Task.Delay(BusPause, time, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            if (lease.IsHeld)
            {
                var now = time.GetUtcNow().ToUnixTimeMilliseconds();
                board.Update(Key, status => status with { Running = false, Connected = false, LastStopAt = now });
                // While it is still ours to speak for: the next owner may have it in a moment.
                using var patience = new CancellationTokenSource(BusPause, time);
                await board.FlushAsync(all: false, patience.Token).ConfigureAwait(false);
                board.Leave(Key);
            }
            else
            {
                LogLost(logger, Channel, account.Id, lease.FencingToken);
                board.Leave(Key);
            }
        }
    }

    private async Task KeepConnectedAsync(ILease lease, CancellationToken cancellationToken)
    {
        var failures = 0;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var restart = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            lock (_gate)
                _restart = restart;
            try
            {
                var since = time.GetTimestamp();
                var now = time.GetUtcNow().ToUnixTimeMilliseconds();
                board.Update(Key, status => status with { LastStartAt = now, HasGivenUp = false, NextAttemptAt = null });
                var end = await ConnectOnceAsync(lease, restart.Token).ConfigureAwait(false);
                failures = time.GetElapsedTime(since) >= ReconnectPolicy.Settled ? 1 : failures + 1;
                await RestAsync(end, failures, restart.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (restart.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                failures = 0;
                LogRestarted(logger, Channel, account.Id);
            }
            finally
            {
                lock (_gate)
                    _restart = null;
            }
        }
    }

    private async Task<ConnectionEnd> ConnectOnceAsync(ILease lease, CancellationToken cancellationToken)
    {
        var context = new ConnectionContext(bus, time, () => lease.IsHeld, change => board.Update(Key, change));
        ConnectionEnd end;
        try
        {
            var connection = channel.Connect(account, context);
            await using (connection.ConfigureAwait(false))
            {
                lock (_gate)
                    _connection = connection;
                end = await ReceiveAndSendAsync(connection, context, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (BusUnavailableException)
        {
            throw;
        }
        catch (Exception exception)
        {
            // A channel's bug or an answer that nobody expected: this connection's end, and not the process'.
            LogBroke(logger, exception, Channel, account.Id);
            end = new ConnectionEnd(exception.GetType().Name);
        }
        finally
        {
            lock (_gate)
                _connection = null;
        }
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        board.Update(Key, status => status with { Connected = false, LastStopAt = now, LastError = end.Reason, HasGivenUp = end.IsFinal });
        return end;
    }

    private async Task<ConnectionEnd> ReceiveAndSendAsync(IChannelConnection connection, ConnectionContext context, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sending = SendAsync(connection, context, ended.Token);
        try
        {
            return await connection.RunAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await ended.CancelAsync().ConfigureAwait(false);
            await sending.ConfigureAwait(false);
        }
    }

    private async Task SendAsync(IChannelConnection connection, ConnectionContext context, CancellationToken ended)
    {
        var sender = new OutboxSender(bus, connection, context, logger);
        IQueueConsumer? consumer = null;
        try
        {
            await context.Readiness.WaitAsync(ended).ConfigureAwait(false);
            while (consumer is null)
            {
                try
                {
                    consumer = await bus.Queues.ConsumeAsync(ChannelNames.OutboundQueue(Channel, account.Id), sender.HandleAsync, OutboxSender.Options, ended).ConfigureAwait(false);
                }
                catch (BusUnavailableException)
                {
                    await Task.Delay(BusPause, time, ended).ConfigureAwait(false);
                }
            }
            await Task.Delay(Timeout.InfiniteTimeSpan, time, ended).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The connection is over.
        }
        finally
        {
            if (consumer is not null)
            {
                using var patience = new CancellationTokenSource(context.IsOwner ? Drain : TimeSpan.Zero, time);
                await consumer.StopAsync(patience.Token).ConfigureAwait(false);
                await consumer.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private async Task RestAsync(ConnectionEnd end, int failures, CancellationToken cancellationToken)
    {
        if (end.IsFinal)
        {
            LogGivenUp(logger, Channel, account.Id, end.Reason);
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken).ConfigureAwait(false);
        }
        var pause = end.RetryAfter ?? ReconnectPolicy.DelayAfter(failures, RandomNumberGenerator.GetInt32(1 << 20) / (double)(1 << 20));
        LogEnded(logger, Channel, account.Id, end.Reason, pause);
        var next = (time.GetUtcNow() + pause).ToUnixTimeMilliseconds();
        board.Update(Key, status => status with { ReconnectAttempts = failures, NextAttemptAt = next });
        await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<ReadOnlyMemory<byte>> ActAsync(CallRequest request, CancellationToken cancellationToken)
    {
        ChannelAction? action;
        try
        {
            action = JsonSerializer.Deserialize(request.Payload.Span, ChannelJsonContext.Default.ChannelAction);
        }
        catch (JsonException)
        {
            action = null;
        }
        var result = action is null ? ActionResult.Failed("not an action") : await ActAsync(action, cancellationToken).ConfigureAwait(false);
        return JsonSerializer.SerializeToUtf8Bytes(result, ChannelJsonContext.Default.ActionResult);
    }

    private async Task<ActionResult> ActAsync(ChannelAction action, CancellationToken cancellationToken)
    {
        IChannelConnection? connection;
        CancellationTokenSource? restart;
        lock (_gate)
        {
            connection = _connection;
            restart = _restart;
        }
        if (action is RestartAction)
        {
            await CancelAsync(restart).ConfigureAwait(false);
            return ActionResult.Done;
        }
        return connection is null ? ActionResult.Unavailable("not connected") : await connection.ActAsync(action, cancellationToken).ConfigureAwait(false);
    }

    private static async Task CancelAsync(CancellationTokenSource? restart)
    {
        try
        {
            await (restart?.CancelAsync() ?? Task.CompletedTask).ConfigureAwait(false);
        }
        catch (ObjectDisposedException)
        {
            // It has just ended by itself, and a new one is being made.
        }
    }

    private AccountStatus Begun() => new()
    {
        Channel = Channel,
        AccountId = account.Id,
        Name = account.Name,
        Enabled = account.Enabled,
        Configured = account.Problem is null,
        TokenSource = account.TokenSource,
    };

    [LoggerMessage(8021, LogLevel.Information, "{Channel}/{Account}: this process owns the account now (fencing token {Token}).")]
    private static partial void LogOwned(ILogger logger, string channel, string account, long token);

    [LoggerMessage(8022, LogLevel.Warning, "{Channel}/{Account}: this process has lost the account (fencing token {Token}); it stops receiving and sending.")]
    private static partial void LogLost(ILogger logger, string channel, string account, long token);

    [LoggerMessage(8023, LogLevel.Warning, "{Channel}/{Account}: the connection ended ({Reason}); the next attempt is in {Pause}.")]
    private static partial void LogEnded(ILogger logger, string channel, string account, string reason, TimeSpan pause);

    [LoggerMessage(8024, LogLevel.Error, "{Channel}/{Account}: the connection broke.")]
    private static partial void LogBroke(ILogger logger, Exception exception, string channel, string account);

    [LoggerMessage(8025, LogLevel.Error, "{Channel}/{Account}: stopped until its settings change or it is restarted: {Reason}")]
    private static partial void LogGivenUp(ILogger logger, string channel, string account, string reason);

    [LoggerMessage(8026, LogLevel.Information, "{Channel}/{Account}: the connection is made anew, as somebody asked for that.")]
    private static partial void LogRestarted(ILogger logger, string channel, string account);
}
