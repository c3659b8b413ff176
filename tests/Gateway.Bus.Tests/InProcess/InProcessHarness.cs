using OpenClaw.Gateway.Bus.Contract;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Bus.Tests.InProcess;

internal sealed class InProcessHarness : BusHarness
{
    private readonly TempDirectory _directory = new();
    private readonly ManualTimeProvider _time = new();
    private TestBus _bus;

    public InProcessHarness() => _bus = Start();

    public override int MaxPayloadBytes => 64 << 10;

    public override int MaxQueueEntryBytes => 100 << 10;

    public override int MaxQueueEntries => 500;

    public override int MaxMapEntries => 500;

    public override int MaxMapValueBytes => 16 << 10;

    public override IBus Bus => _bus.Bus;

    public override TimeProvider Time => _time;

    public override Task PassAsync(TimeSpan time)
    {
        _time.Advance(time);
        return Task.CompletedTask;
    }

    public override async Task RestartAsync()
    {
        await _bus.DisposeAsync();
        _bus = Start();
    }

    public override async ValueTask DisposeAsync()
    {
        await _bus.DisposeAsync();
        _directory.Dispose();
    }

    private TestBus Start() => new(_directory.Path, _time, configure: options =>
    {
        options.MaxPayloadBytes = MaxPayloadBytes;
        options.MaxQueueEntryBytes = MaxQueueEntryBytes;
        options.MaxQueueEntries = MaxQueueEntries;
        options.MaxMapEntries = MaxMapEntries;
        options.MaxMapValueBytes = MaxMapValueBytes;
    });
}
