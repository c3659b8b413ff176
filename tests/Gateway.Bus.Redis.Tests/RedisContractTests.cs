using OpenClaw.Gateway.Bus.Contract;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Bus.Redis.Tests;

/// <summary>One server for a class of the suite; every test has keys of its own.</summary>
public sealed class SharedRedisServer : IAsyncLifetime
{
    internal RedisServer Server { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        // Skipped tests have their fixtures made all the same.
        if (RedisServer.Missing is null)
            Server = await RedisServer.StartAsync();
    }

    public async Task DisposeAsync()
    {
        if (Server is not null)
            await Server.DisposeAsync();
    }
}

[NeedsRedis]
public sealed class RedisTopicTests(SharedRedisServer shared) : TopicContractTests, IClassFixture<SharedRedisServer>
{
    protected override ValueTask<BusHarness> CreateHarnessAsync() => new(new RedisHarness(shared.Server));
}

[NeedsRedis]
public sealed class RedisCallTests(SharedRedisServer shared) : CallContractTests, IClassFixture<SharedRedisServer>
{
    protected override ValueTask<BusHarness> CreateHarnessAsync() => new(new RedisHarness(shared.Server));
}

[NeedsRedis]
public sealed class RedisQueueTests(SharedRedisServer shared) : QueueContractTests, IClassFixture<SharedRedisServer>
{
    protected override ValueTask<BusHarness> CreateHarnessAsync() => new(new RedisHarness(shared.Server));
}

[NeedsRedis]
public sealed class RedisLeaseTests(SharedRedisServer shared) : LeaseContractTests, IClassFixture<SharedRedisServer>
{
    protected override ValueTask<BusHarness> CreateHarnessAsync() => new(new RedisHarness(shared.Server));
}

[NeedsRedis]
public sealed class RedisMapTests(SharedRedisServer shared) : MapContractTests, IClassFixture<SharedRedisServer>
{
    protected override ValueTask<BusHarness> CreateHarnessAsync() => new(new RedisHarness(shared.Server));
}
