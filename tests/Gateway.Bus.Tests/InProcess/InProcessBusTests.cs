using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OpenClaw.Gateway.Bus.InProcess;
using OpenClaw.Gateway.Bus.Journal;
using OpenClaw.Gateway.Bus.Leases;
using OpenClaw.Gateway.Bus.Queues;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Bus.Tests.InProcess;

public sealed class InProcessBusTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    private string State => _directory["state"];

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Host_StartAndStop_OwnsTheDirectoryInBetween()
    {
        var host = CreateHost(State);
        await host.StartAsync().WithTimeout();
        using (var other = CreateHost(State))
        {
            var refused = await Assert.ThrowsAsync<StateDirectoryInUseException>(() => other.StartAsync().WithTimeout());
            Assert.Equal(State, refused.Directory);
            Assert.Contains($"{State} is in use by process {Environment.ProcessId}", refused.Message, StringComparison.Ordinal);
        }
        await host.StopAsync().WithTimeout();
        using var next = CreateHost(State);
        await next.StartAsync().WithTimeout();
        await next.StopAsync().WithTimeout();
        host.Dispose();
    }

    [Fact]
    public async Task Host_ServiceThatConsumes_FindsTheBusOpenAndIsStoppedBeforeIt()
    {
        var builder = CreateBuilder(State);
        builder.Services.AddHostedService<Consuming>();
        using var host = builder.Build();
        await host.StartAsync().WithTimeout();
        await host.StopAsync().WithTimeout();
        Assert.True(host.Services.GetServices<IHostedService>().OfType<Consuming>().Single().WasStopped);
    }

    [Fact]
    public async Task Host_WrongOptions_AllAreNamedAtStart()
    {
        using var host = CreateHost("relative/path", options =>
        {
            options.MaxQueueEntries = 0;
            options.JournalSegmentBytes = 1;
        });
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync().WithTimeout());
        Assert.Equal(
            [
                "InProcessBusOptions: StateDirectory is 'relative/path'; allowed is an absolute path.",
                "InProcessBusOptions: MaxQueueEntries is 0; allowed is 1 to 10000000.",
                "InProcessBusOptions: JournalSegmentBytes is 1; allowed is 65536 to 268435456.",
            ],
            error.Failures);
    }

    [Fact]
    public async Task Host_NoStateDirectory_SaysSo()
    {
        using var host = CreateHost("");
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync().WithTimeout());
        Assert.Contains("StateDirectory is not set", Assert.Single(error.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_StateDirectoryIsAFile_FailsWithAnIoError()
    {
        File.WriteAllText(State, "");
        await using var bus = new TestBus(State);
        var result = await bus.Bus.Queues.AppendAsync("q", new QueueEntry { Payload = default }).AsTask().WithTimeout();
        Assert.Equal(AppendOutcome.Unavailable, result.Outcome);
        Assert.Equal(LeaseOutcome.Unavailable, (await bus.Bus.Leases.TryAcquireAsync("l", "me", TimeSpan.FromSeconds(1))).Outcome);
        await Assert.ThrowsAsync<BusUnavailableException>(async () => await bus.Bus.Queues.ListQueuesAsync());
    }

    [Fact]
    public async Task Files_OfTheState_AreTheOwnersAlone()
    {
        if (OperatingSystem.IsWindows())
            return;
        await using var bus = new TestBus(State);
        await bus.Bus.Queues.AppendAsync("q", new QueueEntry { Payload = default });
        await bus.Bus.Leases.TryAcquireAsync("l", "me", TimeSpan.FromSeconds(1));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(State));
        var files = Directory.GetFiles(State, "*", SearchOption.AllDirectories);
        Assert.Equal(4, files.Length);
        foreach (var file in files)
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public async Task Dispose_EverythingInUse_EndsItAll()
    {
        var bus = new TestBus(State);
        await using var topic = await bus.Bus.Topics.SubscribeAsync("t");
        await using var watch = await bus.Bus.Maps.WatchAsync("m");
        await using var server = await bus.Bus.Calls.ServeAsync("s", (_, _) => default);
        await using var consumer = await bus.Bus.Queues.ConsumeAsync("q", (_, _) => new(QueueVerdict.Done));
        await using var lease = (await bus.Bus.Leases.TryAcquireAsync("l", "me", TimeSpan.FromHours(1))).Lease;
        await bus.DisposeAsync();
        Assert.True(lease!.Lost.IsCancellationRequested);
        await foreach (var _ in topic.ReadAllAsync())
            Assert.Fail("Nothing was published.");
        await foreach (var _ in watch.ReadAllAsync())
            Assert.Fail("Nothing was written.");
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await bus.Bus.Queues.AppendAsync("q", new QueueEntry { Payload = default }));
    }

    [Theory]
    [InlineData("not a number")]
    [InlineData("")]
    [InlineData("-5")]
    [InlineData("99999999999999999999")]
    public async Task FencingToken_FileDamaged_IsStillHigherThanBefore(string content)
    {
        var before = await TokenAsync();
        File.WriteAllText(Path.Combine(State, "fencing"), content);
        var after = await TokenAsync();
        Assert.True(after > before);
        Assert.True(await TokenAsync() > after);
    }

    [Fact]
    public async Task FencingToken_ManyInOneRun_RiseOverBlocks()
    {
        await using var bus = new TestBus(State);
        long last = 0;
        for (var i = 0; i < 2500; i++)
        {
            await using var lease = (await bus.Bus.Leases.TryAcquireAsync("l", "me", TimeSpan.FromHours(1))).Lease;
            Assert.True(lease!.FencingToken > last);
            last = lease.FencingToken;
        }
    }

    [Fact]
    public async Task FencingToken_CannotBeSaved_NobodyGetsTheLease()
    {
        Directory.CreateDirectory(Path.Combine(State, "fencing"));
        await using var bus = new TestBus(State);
        var attempt = await bus.Bus.Leases.TryAcquireAsync("l", "me", TimeSpan.FromHours(1));
        Assert.Equal(LeaseOutcome.Unavailable, attempt.Outcome);
        Assert.NotNull(attempt.Error);
        Assert.Null(await bus.Bus.Leases.FindHolderAsync("l"));
    }

    [Fact]
    public async Task MessageId_ClockSetBack_StillRises()
    {
        var time = new ManualTimeProvider(new DateTimeOffset(2026, 1, 2, 0, 0, 0, TimeSpan.Zero));
        var ids = new List<ulong>();
        await using (var bus = new TestBus(State, time))
            ids.Add(await IdAsync(bus));
        var earlier = new ManualTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        for (var i = 0; i < 2; i++)
        {
            await using var bus = new TestBus(State, earlier);
            ids.Add(await IdAsync(bus));
            ids.Add(await IdAsync(bus));
        }
        Assert.Equal(ids.Order(), ids);
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    [Fact]
    public async Task Queue_NamesThatDifferInCase_AreDifferentDirectories()
    {
        await using var bus = new TestBus(State);
        string[] names = ["a", "A", "a:b", "a.b", "a-b", "a_b"];
        foreach (var name in names)
            Assert.True((await bus.Bus.Queues.AppendAsync(name, new QueueEntry { Payload = default })).IsStored);
        Assert.Equal(names.Order(StringComparer.Ordinal), await bus.Bus.Queues.ListQueuesAsync());
        var directories = Directory.GetDirectories(Path.Combine(State, "queues")).Select(d => Path.GetFileName(d)!);
        Assert.Equal(names.Length, directories.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    private static async Task<ulong> IdAsync(TestBus bus) =>
        MessageId.Parse((await bus.Bus.Queues.AppendAsync("q", new QueueEntry { Payload = default })).Id!)!.Value;

    private async Task<long> TokenAsync()
    {
        await using var bus = new TestBus(State);
        await using var lease = (await bus.Bus.Leases.TryAcquireAsync("l", "me", TimeSpan.FromHours(1))).Lease;
        return lease!.FencingToken;
    }

    private static IHost CreateHost(string directory, Action<InProcessBusOptions>? configure = null) => CreateBuilder(directory, configure).Build();

    private static HostApplicationBuilder CreateBuilder(string directory, Action<InProcessBusOptions>? configure = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddInProcessBus(options =>
        {
            options.StateDirectory = directory;
            configure?.Invoke(options);
        });
        return builder;
    }

    private sealed class Consuming(IBus bus) : IHostedService
    {
        private IQueueConsumer? _consumer;

        public bool WasStopped { get; private set; }

        public async Task StartAsync(CancellationToken cancellationToken) =>
            _consumer = await bus.Queues.ConsumeAsync("q", (_, _) => new(QueueVerdict.Done), cancellationToken: cancellationToken);

        public async Task StopAsync(CancellationToken cancellationToken)
        {
            Assert.True((await bus.Queues.AppendAsync("q", new QueueEntry { Payload = default }, cancellationToken)).IsStored);
            await _consumer!.StopAsync(cancellationToken);
            WasStopped = true;
        }
    }
}
