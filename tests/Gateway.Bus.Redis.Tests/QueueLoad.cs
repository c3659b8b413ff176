using System.Collections.Concurrent;
using OpenClaw.Gateway.Bus.Queues;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Bus.Redis.Tests;

/// <summary>Appends to a queue and handles it over several buses, while the test does to Redis what it likes, and knows afterwards what has to be true.</summary>
internal sealed class QueueLoad
{
    private const string Queue = "load";
    private readonly ConcurrentDictionary<string, byte> _acknowledged = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte> _unsure = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<int>> _handled = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stop = new();
    private Task _producing = Task.CompletedTask;

    public int Acknowledged => _acknowledged.Count;

    /// <summary>The outcomes of appends that were neither stored nor unconfirmed.</summary>
    public int Refused { get; private set; }

    public async Task<IAsyncDisposable> ConsumeAsync(IBus bus) => await bus.Queues.ConsumeAsync(Queue, HandleAsync, new QueueConsumerOptions { RetryDelay = TimeSpan.Zero, MaxAttempts = 1000 });

    public void Produce(IBus bus, int keys = 4) => _producing = Task.WhenAll(Enumerable.Range(0, keys).Select(key => Task.Run(() => ProduceAsync(bus, $"k{key}"))));

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _producing;
    }

    /// <summary>Nothing acknowledged is missing, every key is in order, and Redis counts each message as settled once.</summary>
    public async Task CheckAsync(IBus bus, RedisServer server, string prefix)
    {
        await bus.UntilEmptyAsync(Queue);
        lock (_handled)
        {
            var handled = _handled.SelectMany(h => h.Value.Select(n => $"{h.Key}:{n}")).ToHashSet();
            Assert.NotEmpty(_acknowledged);
            Assert.Empty(_acknowledged.Keys.Except(handled));
            Assert.Empty(handled.Except(_acknowledged.Keys).Except(_unsure.Keys));
            foreach (var (key, order) in _handled)
                Assert.Equal(order.Order(), order);
        }
        var settled = await server.CommandAsync("HGET", $"{prefix}queue:{{{Queue}}}:stats", "settled");
        Assert.Equal($"{_handled.Sum(h => h.Value.Distinct().Count())}", settled);
        // Streams are no longer than what waits in them.
        Assert.Equal("0", await server.CommandAsync("XLEN", $"{prefix}queue:{{{Queue}}}:work"));
    }

    private async Task ProduceAsync(IBus bus, string key)
    {
        for (var i = 0; !_stop.IsCancellationRequested; i++)
        {
            var result = await bus.Queues.AppendAsync(Queue, new QueueEntry { Key = key, Payload = Faults.Bytes($"{key}:{i}") });
            if (result.IsStored)
            {
                _acknowledged.TryAdd($"{key}:{i}", 0);
            }
            else if (result.Outcome == AppendOutcome.Unconfirmed)
            {
                _unsure.TryAdd($"{key}:{i}", 0);
            }
            else
            {
                Refused++;
                // As a producer would: not as fast as the machine can be refused.
                await Task.Delay(5, CancellationToken.None);
            }
        }
    }

    private async ValueTask<QueueVerdict> HandleAsync(QueueDelivery delivery, CancellationToken cancellationToken)
    {
        var parts = delivery.Text().Split(':');
        lock (_handled)
        {
            if (!_handled.TryGetValue(parts[0], out var numbers))
                _handled.Add(parts[0], numbers = []);
            numbers.Add(int.Parse(parts[1]));
        }
        await Task.Yield();
        return QueueVerdict.Done;
    }
}
