using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OpenClaw.Channels.Abstractions;
using OpenClaw.Channels.Abstractions.Accounts;
using OpenClaw.Channels.Abstractions.Hosting;
using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Channels.Abstractions.Outbox;
using OpenClaw.Channels.Abstractions.Settings;
using OpenClaw.Channels.Abstractions.Status;
using OpenClaw.Gateway.Bus;
using OpenClaw.Gateway.Bus.Calls;
using OpenClaw.Gateway.Bus.InProcess;
using OpenClaw.Gateway.Bus.Leases;
using OpenClaw.Gateway.Bus.Queues;
using OpenClaw.Testing;

namespace OpenClaw.Channels.Contract;

/// <summary>A channel in its host on a real bus, and the core's side of that bus.</summary>
public sealed class ChannelRig : IAsyncDisposable
{
    private readonly TempDirectory _directory = new(inMemory: true);
    private readonly ServiceProvider _services;
    private readonly Lock _gate = new();
    private readonly List<InboundMessage> _inbound = [];
    private readonly List<ChannelHost> _hosts = [];
    private readonly ILoggerFactory _loggers;
    private IQueueConsumer? _consumer;

    private ChannelRig(ILoggerFactory? loggers, ILeases? leases)
    {
        _loggers = loggers ?? NullLoggerFactory.Instance;
        var services = new ServiceCollection();
        services.AddInProcessBus(bus =>
        {
            bus.StateDirectory = _directory["queue"];
            bus.JournalSegmentBytes = 256 << 10;
        });
        _services = services.BuildServiceProvider();
        Bus = new StoppableBus(_services.GetRequiredService<IBus>(), leases);
    }

    /// <summary>The bus; its leases can be lost.</summary>
    public StoppableBus Bus { get; }

    /// <summary>The state directory.</summary>
    public string StateDirectory => _directory.Path;

    /// <summary>What came in, in the order of the queue.</summary>
    public IReadOnlyList<InboundMessage> Inbound
    {
        get
        {
            lock (_gate)
                return [.. _inbound];
        }
    }

    /// <summary>A rig without a channel.</summary>
    public static async Task<ChannelRig> CreateAsync(ILoggerFactory? loggers = null, ILeases? leases = null)
    {
        var rig = new ChannelRig(loggers, leases);
        rig._consumer = await rig.Bus.Queues.ConsumeAsync(ChannelNames.InboundQueue, rig.TakeAsync);
        return rig;
    }

    /// <summary>Takes nothing more that comes in.</summary>
    public async Task StopTakingAsync()
    {
        if (_consumer is not null)
            await _consumer.DisposeAsync();
        _consumer = null;
    }

    /// <summary>Tells channels their settings.</summary>
    public async Task TellAsync(string channel, ChannelSettings settings) =>
        await Bus.Maps.SetAsync(ChannelNames.SettingsMap, channel, JsonSerializer.SerializeToUtf8Bytes(settings, ChannelJsonContext.Default.ChannelSettings), timeToLive: null);

    /// <summary>Starts a host, as another process would.</summary>
    public async Task<ChannelHost> StartAsync(IChannel channel, TimeProvider? time = null)
    {
        var host = new ChannelHost(channel, Bus, time ?? TimeProvider.System, _loggers.CreateLogger<ChannelHost>());
        lock (_gate)
            _hosts.Add(host);
        await host.StartAsync(CancellationToken.None);
        return host;
    }

    /// <summary>Stops a host in order.</summary>
    public async Task StopAsync(ChannelHost host)
    {
        await host.StopAsync(CancellationToken.None).WithTimeout();
        lock (_gate)
            _hosts.Remove(host);
        host.Dispose();
    }

    /// <summary>Waits until what came in makes this true.</summary>
    public Task WaitForInboundAsync(Func<IReadOnlyList<InboundMessage>, bool> condition) =>
        TestTimeouts.Until(() => Task.FromResult(condition(Inbound)), () => $"inbound messages; there are {string.Join(" | ", Inbound.Select(m => m.Text))}");

    /// <summary>Waits until this many came in.</summary>
    public Task WaitForInboundAsync(int count) => WaitForInboundAsync(all => all.Count >= count);

    /// <summary>Stores a message to send.</summary>
    public async Task SendAsync(OutboundMessage message) =>
        Assert.True((await new OutboxWriter(Bus, TimeProvider.System).AppendAsync(message, OutboxWriter.ReplyTimeToLive, CancellationToken.None)).IsAccepted);

    /// <summary>What is known of a message to send.</summary>
    public async Task<OutboxRecord?> FindRecordAsync(string id) =>
        await Bus.Maps.GetAsync(ChannelNames.OutboxMap, id) is { } entry ? JsonSerializer.Deserialize(entry.Value.Span, ChannelJsonContext.Default.OutboxRecord) : null;

    /// <summary>Waits until this is known of a message to send.</summary>
    public async Task<OutboxRecord> WaitForRecordAsync(string id, Func<OutboxRecord, bool> condition)
    {
        OutboxRecord? record = null;
        await TestTimeouts.Until(async () => (record = await FindRecordAsync(id)) is not null && condition(record), () => $"the record of {id}; it is {record}");
        return record!;
    }

    /// <summary>What is told of an account.</summary>
    public async Task<AccountStatus?> FindStatusAsync(string channel, string account = "default") =>
        await Bus.Maps.GetAsync(ChannelNames.StatusMap, ChannelNames.AccountKey(channel, account)) is { } entry ? JsonSerializer.Deserialize(entry.Value.Span, ChannelJsonContext.Default.AccountStatus) : null;

    /// <summary>Waits until this is told of an account.</summary>
    public async Task<AccountStatus> WaitForStatusAsync(string channel, Func<AccountStatus, bool> condition, string account = "default")
    {
        AccountStatus? status = null;
        await TestTimeouts.Until(async () => (status = await FindStatusAsync(channel, account)) is not null && condition(status), () => $"the status of {channel}; it is {status}");
        return status!;
    }

    /// <summary>Asks the owner of an account to do something.</summary>
    public async Task<ActionResult> ActAsync(string channel, ChannelAction action, string account = "default")
    {
        var payload = JsonSerializer.SerializeToUtf8Bytes(action, ChannelJsonContext.Default.ChannelAction);
        var result = await Bus.Calls.CallAsync(ChannelNames.AccountService(channel, account), payload, new CallOptions { Timeout = TestTimeouts.Wait });
        return result.Outcome is CallOutcome.Answered ? JsonSerializer.Deserialize(result.Payload.Span, ChannelJsonContext.Default.ActionResult)! : ActionResult.Failed($"{result.Outcome}: {result.Error}");
    }

    public async ValueTask DisposeAsync()
    {
        List<ChannelHost> hosts;
        lock (_gate)
            hosts = [.. _hosts];
        foreach (var host in hosts)
            await StopAsync(host);
        if (_consumer is not null)
            await _consumer.DisposeAsync();
        await _services.DisposeAsync();
        _directory.Dispose();
    }

    private ValueTask<QueueVerdict> TakeAsync(QueueDelivery delivery, CancellationToken cancellationToken)
    {
        var message = JsonSerializer.Deserialize(delivery.Payload.Span, ChannelJsonContext.Default.InboundMessage)!;
        lock (_gate)
            _inbound.Add(message);
        return ValueTask.FromResult(QueueVerdict.Done);
    }
}
