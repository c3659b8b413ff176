using OpenClaw.Gateway.Bus.Contract;

namespace OpenClaw.Gateway.Bus.Tests.InProcess;

public sealed class InProcessTopicTests : TopicContractTests
{
    protected override ValueTask<BusHarness> CreateHarnessAsync() => new(new InProcessHarness());
}

public sealed class InProcessCallTests : CallContractTests
{
    protected override ValueTask<BusHarness> CreateHarnessAsync() => new(new InProcessHarness());
}

public sealed class InProcessQueueTests : QueueContractTests
{
    protected override ValueTask<BusHarness> CreateHarnessAsync() => new(new InProcessHarness());
}

public sealed class InProcessLeaseTests : LeaseContractTests
{
    protected override ValueTask<BusHarness> CreateHarnessAsync() => new(new InProcessHarness());
}

public sealed class InProcessMapTests : MapContractTests
{
    protected override ValueTask<BusHarness> CreateHarnessAsync() => new(new InProcessHarness());
}
