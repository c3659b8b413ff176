using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Gateway.Bus;
using OpenClaw.Gateway.Bus.InProcess;
using OpenClaw.Gateway.Bus.Queues;

// Appends and handles messages as fast as it can until it is killed, and says on standard output what it did, one line
// per fact, written before anything can follow from it:
//   ready       the bus is open
//   a <text>    the append of <text> was acknowledged
//   h <text>    the handler got <text>; the key is the part before the first colon
// Arguments: state directory, number of this run, "produce" or "drain".
const int Keys = 6;
var (directory, run, produces) = (args[0], args[1], args[2] == "produce");
var gate = new Lock();
using var output = Console.OpenStandardOutput();

var services = new ServiceCollection();
services.AddInProcessBus(options =>
{
    options.StateDirectory = directory;
    options.JournalSegmentBytes = 64 << 10;
});
await using var provider = services.BuildServiceProvider();
var bus = provider.GetRequiredService<IBus>();
await using var consumer = await bus.Queues.ConsumeAsync("q", Handle, new QueueConsumerOptions { Concurrency = 4 });
Say("ready");
await Task.WhenAll(Enumerable.Range(0, produces ? Keys : 0).Select(key => Task.Run(() => ProduceAsync($"k{key}"))));
await Console.In.ReadLineAsync();
return 0;

async Task ProduceAsync(string key)
{
    // Large enough that segments fill up, and are cleared away, within a few runs.
    var filler = new string('.', 400);
    for (var i = 0; ; i++)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{key}:{run}:{i}");
        var result = await bus.Queues.AppendAsync("q", new QueueEntry { Key = key, Payload = Encoding.UTF8.GetBytes(text + " " + filler) });
        if (result.IsStored)
            Say("a " + text);
    }
}

ValueTask<QueueVerdict> Handle(QueueDelivery delivery, CancellationToken cancellationToken)
{
    var text = Encoding.UTF8.GetString(delivery.Payload.Span).Split(' ')[0];
    Say("h " + text);
    // Some fail once, so that kills meet messages in every state.
    var fails = delivery.Attempt == 1 && text.EndsWith('7');
    return new(fails ? QueueVerdict.Retry("once", TimeSpan.Zero) : QueueVerdict.Done);
}

void Say(string line)
{
    var bytes = Encoding.ASCII.GetBytes(line + "\n");
    lock (gate)
        output.Write(bytes);
}
