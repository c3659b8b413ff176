using System.Text;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Bus.Contract;

/// <summary>What the suites of the five primitives share.</summary>
public abstract class BusContractTests : IAsyncLifetime
{
    protected BusHarness Harness { get; private set; } = null!;

    protected IBus Bus => Harness.Bus;

    protected abstract ValueTask<BusHarness> CreateHarnessAsync();

    public async Task InitializeAsync() => Harness = await CreateHarnessAsync();

    public async Task DisposeAsync() => await Harness.DisposeAsync().AsTask().WithTimeout();

    protected static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);

    protected static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);
}
