using System.Diagnostics;
using System.Globalization;
using OpenClaw.Benchmarks.Bare;
using OpenClaw.Benchmarks.Gateway;

namespace OpenClaw.Benchmarks.Edge;

/// <summary>
/// <c>bench -- edge</c>: a bare WebSocket server by itself, behind YARP as it comes, and behind our edge, measured in turns so that
/// whatever else the machine does falls on all three.
/// </summary>
internal static class EdgeCommand
{
    private const int Rounds = 7;
    private const int Connections = 16;
    private const int InFlight = 8;
    private const int CallsPerConnection = 4_000;
    private const int LatencyCalls = 2_000;

    public static async Task<int> RunAsync()
    {
        if (!OperatingSystem.IsLinux())
        {
            await Console.Error.WriteLineAsync("bench edge: the benchmarks read /proc, so they need Linux");
            return 2;
        }
        var load = Machine.LoadAverage;
        var bare = Subjects.Bare();
        await using var server = await ServerProcess.StartAsync(bare);
        var target = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{server.Port}");
        await using var proxy = await ServerProcess.StartAsync(bare with
        {
            Name = "behind bare YARP",
            ServerArguments = port => [BareProxy.Command, port.ToString(CultureInfo.InvariantCulture), target],
        });
        await using var edge = await ServerProcess.StartAsync(await EdgeAsync(bare, target));
        (string Name, ServerProcess Server, Samples Samples)[] subjects =
            [("bare WebSocket server", server, new Samples()), ("behind bare YARP", proxy, new Samples()), ("behind our edge", edge, new Samples())];
        // The first round warms up.
        for (var round = 0; round <= Rounds; round++)
        {
            foreach (var subject in subjects)
                await MeasureAsync(subject.Server, round == 0 ? new Samples() : subject.Samples);
        }
        await Console.Out.WriteLineAsync($"{Machine.Describe()}; load average when it began: {load:0.00}");
        foreach (var (name, process, samples) in subjects)
            await Console.Out.WriteLineAsync($"{name,-22} {samples.CallsPerSecond,10:#,0} calls/s   p50 {samples.P50Ms,6:0.000} ms   {samples.CpuMicroseconds,5:0.0} us of its CPU per call   RSS {process.ResidentMegabytes:0} MB");
        var (direct, plain, ours) = (subjects[0].Samples, subjects[1].Samples, subjects[2].Samples);
        await Console.Out.WriteLineAsync($"our edge against bare YARP: {1 - (ours.CallsPerSecond / plain.CallsPerSecond):P0} of the throughput (goal at most 25 %), p50 {ours.P50Ms - plain.P50Ms:+0.000;-0.000} ms");
        await Console.Out.WriteLineAsync($"our edge against no proxy:  {1 - (ours.CallsPerSecond / direct.CallsPerSecond):P0} of the throughput, p50 {ours.P50Ms - direct.P50Ms:+0.000;-0.000} ms (goal at most 1 ms)");
        return 0;
    }

    private static async Task MeasureAsync(ServerProcess server, Samples samples)
    {
        var connections = await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => LoadConnection.OpenAsync(server.Port, Subjects.Token)));
        try
        {
            var before = server.CpuSeconds;
            var watch = Stopwatch.StartNew();
            await Task.WhenAll(connections.Select(c => Task.Run(() => c.CallAsync("system-presence", CallsPerConnection, InFlight))));
            const double Calls = (double)CallsPerConnection * Connections;
            samples.Rates.Add(Calls / watch.Elapsed.TotalSeconds);
            samples.Costs.Add((server.CpuSeconds - before) * 1e6 / Calls);
            for (var call = 0; call < LatencyCalls; call++)
            {
                watch.Restart();
                await connections[0].CallAsync("system-presence", total: 1, inFlight: 1);
                samples.Latencies.Add(watch.Elapsed.TotalMilliseconds);
            }
        }
        finally
        {
            foreach (var connection in connections)
                connection.Dispose();
        }
    }

    /// <summary>The edge that <c>./openclaw</c> publishes.</summary>
    private static async Task<Subject> EdgeAsync(Subject bare, string target)
    {
        var root = GatewayCommand.FindRoot();
        using (var build = Process.Start(Path.Combine(root, "openclaw"), ["--version"]))
            await build.WaitForExitAsync();
        var published = Path.Combine(root, "artifacts", "openclaw");
        var current = (await File.ReadAllLinesAsync(Path.Combine(published, "current")))[0];
        return bare with
        {
            Name = "behind our edge",
            FileName = Path.Combine(published, current, "OpenClaw.Gateway.Edge"),
            ServerArguments = static port => ["--urls", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")],
            Environment = new Dictionary<string, string>(bare.Environment)
            {
                ["services__core__http__0"] = target,
                ["OPENCLAW_SERVICE_SECRET"] = "benchmark-secret-0123456789abcdef",
            },
        };
    }

    private sealed class Samples
    {
        public List<double> Rates { get; } = [];

        public List<double> Costs { get; } = [];

        public List<double> Latencies { get; } = [];

        public double CallsPerSecond => Measurement.Median(Rates);

        public double CpuMicroseconds => Measurement.Median(Costs);

        public double P50Ms => Measurement.Median(Latencies);
    }
}
