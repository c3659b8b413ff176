using OpenClaw.Gateway.Bus.Contract;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Bus.Redis.Tests;

internal sealed class RedisHarness : BusHarness
{
    private readonly RedisServer _server;
    private readonly LeapingTimeProvider _time = new();
    private readonly string _prefix = $"test:{Guid.NewGuid():N}:";
    private TestBus _bus;

    public RedisHarness(RedisServer server)
    {
        _server = server;
        _bus = Start();
    }

    public override int MaxPayloadBytes => 64 << 10;

    public override int MaxQueueEntryBytes => 100 << 10;

    public override int MaxQueueEntries => 500;

    public override int MaxMapEntries => 500;

    public override int MaxMapValueBytes => 16 << 10;

    public override IBus Bus => _bus.Bus;

    public override TimeProvider Time => _time;

    public override Task PassAsync(TimeSpan time)
    {
        _time.Leap(time);
        return Task.CompletedTask;
    }

    public override async Task RestartAsync()
    {
        await _bus.DisposeAsync();
        _bus = Start();
    }

    public override async ValueTask DisposeAsync() => await _bus.DisposeAsync();

    private TestBus Start() => new(
        _server.Configuration,
        options =>
        {
            options.KeyPrefix = _prefix;
            options.CommandTimeout = TimeSpan.FromSeconds(20);
            options.ProbeTimeout = TimeSpan.FromSeconds(10);
            options.MaxPayloadBytes = MaxPayloadBytes;
            options.MaxQueueEntryBytes = MaxQueueEntryBytes;
            options.MaxQueueEntries = MaxQueueEntries;
            options.MaxMapEntries = MaxMapEntries;
            options.MaxMapValueBytes = MaxMapValueBytes;
        },
        _time);
}
