using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Gateway.Bus;
using OpenClaw.Gateway.Bus.InProcess;
using OpenClaw.Gateway.Bus.Queues;
using OpenClaw.Gateway.Bus.Redis;

namespace OpenClaw.Benchmarks.Bus;

/// <summary>
/// <c>bench -- bus [rounds]</c>: queue messages from append to handler, on the bus in the process and on Redis, by turns
/// in one run, so that their ratio means something even when the machine is busy.
/// </summary>
internal static class BusCommand
{
    private const int LatencyMessages = 500;
    private const int ThroughputMessages = 5_000;
    private const int Appenders = 64;

    /// <summary>Prints a table of both buses and their ratio; 2 when there is no redis-server.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var rounds = args is [var text, ..] ? int.Parse(text, CultureInfo.InvariantCulture) : 5;
        var directory = Directory.CreateTempSubdirectory("openclaw-bench-").FullName;
        try
        {
            await using var redis = await RedisProcess.StartAsync(directory);
            if (redis is null)
            {
                await Console.Error.WriteLineAsync("redis-server is not installed (Debian: apt-get install redis-server).");
                return 2;
            }
            await using var local = Provide(services => services.AddInProcessBus(o => o.StateDirectory = Path.Combine(directory, "bus")));
            await using var remote = Provide(services => services.AddRedisBus(o => o.Configuration = redis.Configuration));
            var (locally, remotely) = (new List<Sample>(), new List<Sample>());
            // The first round is for the compiler.
            for (var round = 0; round <= rounds; round++)
            {
                var (one, other) = (await MeasureAsync(local, round), await MeasureAsync(remote, round));
                if (round > 0)
                {
                    locally.Add(one);
                    remotely.Add(other);
                }
            }
            Print(locally, remotely);
            return 0;
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static ServiceProvider Provide(Action<IServiceCollection> add)
    {
        var services = new ServiceCollection();
        add(services);
        return services.BuildServiceProvider();
    }

    private static async Task<Sample> MeasureAsync(ServiceProvider services, int round)
    {
        var queues = services.GetRequiredService<IBus>().Queues;
        var handled = new SemaphoreSlim(0);
        var queue = string.Create(CultureInfo.InvariantCulture, $"bench-{round}");
        await using var consumer = await queues.ConsumeAsync(queue, (_, _) =>
        {
            handled.Release();
            return new(QueueVerdict.Done);
        });

        var latencies = new List<double>();
        for (var i = 0; i < LatencyMessages; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await AppendAsync(queues, queue, "one");
            await handled.WaitAsync();
            latencies.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }
        latencies.Sort();

        var all = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Appenders).Select(appender => Task.Run(async () =>
        {
            for (var i = appender; i < ThroughputMessages; i += Appenders)
                await AppendAsync(queues, queue, $"key {appender}");
        })));
        for (var i = 0; i < ThroughputMessages; i++)
            await handled.WaitAsync();
        return new Sample(latencies[LatencyMessages / 2], latencies[LatencyMessages * 99 / 100], ThroughputMessages / Stopwatch.GetElapsedTime(all).TotalSeconds);
    }

    private static async Task AppendAsync(IQueues queues, string queue, string key)
    {
        var result = await queues.AppendAsync(queue, new QueueEntry { Key = key, Payload = new byte[256] });
        if (!result.IsStored)
            throw new InvalidOperationException($"An append ended as {result.Outcome}: {result.Error}");
    }

    private static void Print(List<Sample> local, List<Sample> redis)
    {
        Console.WriteLine($"Queue, 256 bytes, append acknowledged and handled; median of {local.Count} rounds. In process: fsync per batch. Redis: appendfsync always.");
        Console.WriteLine();
        Console.WriteLine("| | in process | Redis | Redis : in process |");
        Console.WriteLine("|---|---:|---:|---:|");
        Row("latency, median, ms", s => s.Median, "0.00");
        Row("latency, 99th percentile, ms", s => s.Worst, "0.00");
        Row($"messages/s, {Appenders} appenders", s => s.PerSecond, "0");

        void Row(string name, Func<Sample, double> value, string format)
        {
            var (one, other) = (Middle(local.Select(value)), Middle(redis.Select(value)));
            var ratio = Middle(local.Zip(redis, (l, r) => value(r) / value(l)));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {one.ToString(format, CultureInfo.InvariantCulture)} | {other.ToString(format, CultureInfo.InvariantCulture)} | {ratio:0.00} |"));
        }
    }

    private static double Middle(IEnumerable<double> values) => values.Order().ElementAt(values.Count() / 2);

    private readonly record struct Sample(double Median, double Worst, double PerSecond);
}
