using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenClaw.Channels.Abstractions.Accounts;
using OpenClaw.Channels.Abstractions.Settings;
using OpenClaw.Channels.Abstractions.Status;
using OpenClaw.Gateway.Bus;

namespace OpenClaw.Channels.Abstractions.Hosting;

/// <summary>
/// Runs a channel: says that it is there, follows its settings, and has an <see cref="AccountOwner"/> for each of its accounts. A change of the settings
/// touches the accounts that it changes, and no others.
/// </summary>
/// <param name="channel">The channel.</param>
/// <param name="bus">The bus.</param>
/// <param name="time">Clock.</param>
/// <param name="logger">Where it tells what happens.</param>
public sealed partial class ChannelHost(IChannel channel, IBus bus, TimeProvider time, ILogger<ChannelHost> logger) : BackgroundService
{
    private static readonly TimeSpan DirectoryTimeToLive = TimeSpan.FromSeconds(30);

    private readonly StatusBoard _board = new(bus, time);
    private readonly Dictionary<string, Running> _accounts = new(StringComparer.Ordinal);
    private readonly string _owner = $"{Environment.MachineName}:{Environment.ProcessId}:{Guid.NewGuid():N}";

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var watch = new SettingsWatch(bus, channel.Description.Id, time, logger);
        using var telling = new CancellationTokenSource();
        var tasks = new[] { watch.RunAsync(stoppingToken), AnnounceAsync(stoppingToken) };
        var board = _board.RunAsync(telling.Token);
        try
        {
            await foreach (var settings in watch.Settings.ReadAllAsync(stoppingToken).ConfigureAwait(false))
                await UseAsync(settings, stoppingToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
        finally
        {
            await Task.WhenAll(_accounts.Values.Select(running => running.StopAsync())).ConfigureAwait(false);
            await telling.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll([board, .. tasks]).ConfigureAwait(false);
        }
    }

    private async Task UseAsync(ChannelSettings settings, CancellationToken cancellationToken)
    {
        IReadOnlyList<ChannelAccount> wanted;
        try
        {
            wanted = channel.AccountsOf(settings);
        }
        catch (Exception exception)
        {
            // Settings that the channel chokes on must not end what works.
            LogUnusable(logger, exception, channel.Description.Id);
            return;
        }
        var byId = wanted.ToDictionary(account => account.Id, StringComparer.Ordinal);
        foreach (var (id, running) in _accounts.ToArray())
        {
            var isWanted = byId.TryGetValue(id, out var account);
            if (isWanted && account!.Fingerprint == running.Owner.Account.Fingerprint && settings.Hold == running.Owner.Hold)
                continue;
            await running.StopAsync().ConfigureAwait(false);
            _accounts.Remove(id);
            if (!isWanted)
                await _board.RemoveAsync(ChannelNames.AccountKey(channel.Description.Id, id), cancellationToken).ConfigureAwait(false);
        }
        foreach (var account in wanted.Where(account => !_accounts.ContainsKey(account.Id)))
            _accounts[account.Id] = Running.Start(new AccountOwner(channel, account, bus, _board, _owner, time, logger) { Hold = settings.Hold }, cancellationToken, logger);
    }

    private async Task AnnounceAsync(CancellationToken cancellationToken)
    {
        var description = JsonSerializer.SerializeToUtf8Bytes(channel.Description, ChannelJsonContext.Default.ChannelDescription);
        while (!cancellationToken.IsCancellationRequested)
        {
            var pause = DirectoryTimeToLive / 3;
            try
            {
                await bus.Maps.SetAsync(ChannelNames.DirectoryMap, channel.Description.Id, description, DirectoryTimeToLive, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is BusUnavailableException or OperationCanceledException)
            {
                pause = TimeSpan.FromSeconds(1);
            }
            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(8031, LogLevel.Error, "{Channel}: its settings cannot be used; what is connected goes on with the settings before.")]
    private static partial void LogUnusable(ILogger logger, Exception exception, string channel);

    [LoggerMessage(8032, LogLevel.Critical, "{Account}: its work ended by a defect.")]
    private static partial void LogDefect(ILogger logger, Exception exception, string account);

    private sealed class Running(AccountOwner owner, CancellationTokenSource stop)
    {
        private Task _work = Task.CompletedTask;

        public AccountOwner Owner => owner;

        public static Running Start(AccountOwner owner, CancellationToken stopping, ILogger logger)
        {
            var running = new Running(owner, CancellationTokenSource.CreateLinkedTokenSource(stopping));
            running._work = running.WorkAsync(logger);
            return running;
        }

        public async Task StopAsync()
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await _work.ConfigureAwait(false);
            stop.Dispose();
        }

        private async Task WorkAsync(ILogger logger)
        {
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            try
            {
                await owner.RunAsync(stop.Token).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                // The other accounts and channels go on.
                LogDefect(logger, exception, owner.Account.Id);
            }
        }
    }
}
