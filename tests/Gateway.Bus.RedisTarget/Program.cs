using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Gateway.Bus;
using OpenClaw.Gateway.Bus.Leases;
using OpenClaw.Gateway.Bus.Queues;
using OpenClaw.Gateway.Bus.Redis;

// One of several processes on one Redis, to be killed or stopped by a test. Says on standard output what it did, one
// line per fact, written before anything can follow from it. Arguments: configuration, number of the process, and
//   work    appends to queue "q" and handles it, until killed
//             a <text>   the append of <text> was acknowledged; the key is the part before the first colon
//           what it handles it appends to queue "log", before it says that it is done
//   hold    takes messages of queue "q" and never finishes them
//             h <id>, then lost when the handler is cancelled
//   lease   takes the lease "l" for 1 s and renews it ten times a second
//             token <n>, then lost when it is, and late <outcome> of an append with it
//   own     competes for the lease "account" as a channel does for its account
//             token <n> for each time it was won, then lost when it is, and late <outcome> of an append with it
const int Keys = 4;
var (configuration, number, mode) = (args[0], args[1], args[2]);
var gate = new Lock();
using var output = Console.OpenStandardOutput();

var services = new ServiceCollection();
services.AddRedisBus(options =>
{
    options.Configuration = configuration;
    options.ClaimTimeout = TimeSpan.FromSeconds(1);
});
await using var provider = services.BuildServiceProvider();
var bus = provider.GetRequiredService<IBus>();
await (mode switch
{
    "work" => WorkAsync(),
    "hold" => HoldAsync(),
    "own" => OwnAsync(),
    _ => LeaseAsync(),
});
return 0;

async Task WorkAsync()
{
    await using var consumer = await bus.Queues.ConsumeAsync("q", HandleAsync, new QueueConsumerOptions { Concurrency = 3, RetryDelay = TimeSpan.FromMilliseconds(20), MaxAttempts = 1000 });
    Say("ready");
    await Task.WhenAll(Enumerable.Range(0, Keys).Select(key => Task.Run(() => ProduceAsync($"k{key}"))));
}

async Task ProduceAsync(string key)
{
    for (var i = 0; ; i++)
    {
        // Each process numbers its own, so the order of each pair of key and process is known.
        var text = string.Create(CultureInfo.InvariantCulture, $"{key}:{number}:{i}");
        var result = await bus.Queues.AppendAsync("q", new QueueEntry { Key = key, Payload = Encoding.UTF8.GetBytes(text) });
        if (result.IsStored)
            Say("a " + text);
        // A steady load, so that the kill falls into the middle of it.
        await Task.Delay(2);
    }
}

async ValueTask<QueueVerdict> HandleAsync(QueueDelivery delivery, CancellationToken cancellationToken)
{
    var text = Encoding.UTF8.GetString(delivery.Payload.Span);
    if (delivery.Attempt == 1 && text.EndsWith('7'))
        return QueueVerdict.Retry("once");
    var logged = await bus.Queues.AppendAsync("log", new QueueEntry { Key = "log", Payload = delivery.Payload }, cancellationToken);
    return logged.IsStored ? QueueVerdict.Done : QueueVerdict.Retry("not logged");
}

async Task HoldAsync()
{
    await using var consumer = await bus.Queues.ConsumeAsync("q", async (delivery, cancellationToken) =>
    {
        Say("h " + delivery.Id);
        try
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return QueueVerdict.Done;
        }
        catch (OperationCanceledException)
        {
            Say("lost");
            throw;
        }
    });
    Say("ready");
    await Console.In.ReadLineAsync();
}

async Task LeaseAsync()
{
    var attempt = await bus.Leases.TryAcquireAsync("l", "process " + number, TimeSpan.FromSeconds(1));
    Say(string.Create(CultureInfo.InvariantCulture, $"token {attempt.Lease!.FencingToken}"));
    while (await attempt.Lease.RenewAsync())
        await Task.Delay(100); // A tenth of the lease's time to live.
    Say(attempt.Lease.IsHeld ? "held" : "lost");
    Say("late " + (await bus.Queues.AppendAsync("q", new QueueEntry { Payload = default, Lease = attempt.Lease })).Outcome);
    await Console.In.ReadLineAsync();
}

Task OwnAsync() => new LeaseOwner(bus.Leases, "account", "process " + number, TimeProvider.System).RunAsync(
    async (lease, cancellationToken) =>
    {
        Say(string.Create(CultureInfo.InvariantCulture, $"token {lease.FencingToken}"));
        try
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Say("lost");
            Say("late " + (await bus.Queues.AppendAsync("q", new QueueEntry { Payload = default, Lease = lease }, CancellationToken.None)).Outcome);
            throw;
        }
    },
    CancellationToken.None);

void Say(string line)
{
    var bytes = Encoding.ASCII.GetBytes(line + "\n");
    lock (gate)
        output.Write(bytes);
}
