using System.Diagnostics;

namespace OpenClaw.Benchmarks.Gateway;

/// <summary>What was found out about one subject.</summary>
internal sealed record Result(Subject Subject, double StartMs, double StartCpuMs, double IdleMegabytes, double CallsPerSecond, double CpuMicrosecondsPerCall, double LoadedMegabytes, double ClientMs);

/// <summary>Measures a subject: starts, idle memory, load, client.</summary>
internal static class Measurement
{
    private const int Connections = 16;
    private const int InFlight = 8;
    private const int WarmUpRounds = 2;
    private const int Rounds = 5;
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(10);

    public static async Task<Result> RunAsync(Subject subject)
    {
        // The first two fill the page cache and whatever the program keeps between runs.
        var starts = await RepeatAsync(subject.Repeats, warmUp: 2, () => StartAsync(subject));
        await using var server = await ServerProcess.StartAsync(subject);
        await Task.Delay(Idle);
        var idle = server.ResidentMegabytes;
        var clients = await RepeatAsync(subject.Repeats, warmUp: 1, () => RunClientAsync(subject, server.Port));
        var (calls, cpu) = await LoadAsync(subject, server);
        return new Result(subject, Median([.. starts.Select(static s => s.Elapsed)]), Median([.. starts.Select(static s => s.Cpu)]), idle, calls, cpu, server.ResidentMegabytes, Median(clients));
    }

    public static double Median(IReadOnlyList<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static async Task<(double Elapsed, double Cpu)> StartAsync(Subject subject)
    {
        await using var server = await ServerProcess.StartAsync(subject);
        return (server.StartTime.TotalMilliseconds, server.StartCpuSeconds * 1000);
    }

    private static async Task<double> RunClientAsync(Subject subject, int port)
    {
        var watch = Stopwatch.StartNew();
        using var client = ServerProcess.Launch(subject, port, subject.ClientArguments(port));
        await client.WaitForExitAsync();
        return client.ExitCode == 0 ? watch.Elapsed.TotalMilliseconds : throw new InvalidOperationException($"{subject.Name}: the client exited with {client.ExitCode}.");
    }

    private static async Task<(double CallsPerSecond, double CpuMicroseconds)> LoadAsync(Subject subject, ServerProcess server)
    {
        var connections = await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => LoadConnection.OpenAsync(server.Port, Subjects.Token)));
        try
        {
            await connections[0].CheckAsync("system-presence");
            var rates = new List<double>();
            var costs = new List<double>();
            for (var round = 0; round < WarmUpRounds + Rounds; round++)
            {
                var before = server.CpuSeconds;
                var watch = Stopwatch.StartNew();
                await Task.WhenAll(connections.Select(c => Task.Run(() => c.CallAsync("system-presence", subject.CallsPerConnection, InFlight))));
                var calls = (double)subject.CallsPerConnection * Connections;
                if (round < WarmUpRounds)
                    continue;
                rates.Add(calls / watch.Elapsed.TotalSeconds);
                costs.Add((server.CpuSeconds - before) * 1e6 / calls);
            }
            return (Median(rates), Median(costs));
        }
        finally
        {
            foreach (var connection in connections)
                connection.Dispose();
        }
    }

    private static async Task<List<T>> RepeatAsync<T>(int times, int warmUp, Func<Task<T>> measure)
    {
        var values = new List<T>();
        for (var i = 0; i < warmUp + times; i++)
        {
            var value = await measure();
            if (i >= warmUp)
                values.Add(value);
        }
        return values;
    }
}
