using System.Diagnostics;
using System.Globalization;
using System.Text;
using OpenClaw.Benchmarks.Gateway;

namespace OpenClaw.Benchmarks.Sse;

/// <summary>
/// <c>bench -- sse</c>: 500 streams of chat completions at 20 deltas a second each, read from the model itself and through the gateway
/// in front of it. The difference is what the gateway adds.
/// </summary>
internal static class SseCommand
{
    private const int Deltas = 200;
    private const int WarmUpStreams = 32;
    private const int WarmUpDeltas = 400;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(50);

    public static async Task<int> RunAsync(string[] args)
    {
        if (!OperatingSystem.IsLinux())
        {
            await Console.Error.WriteLineAsync("bench sse: the benchmarks read /proc, so they need Linux");
            return 2;
        }
        var streams = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 500;
        var load = Machine.LoadAverage;
        var root = GatewayCommand.FindRoot();
        var home = Directory.CreateTempSubdirectory("openclaw-bench-");
        try
        {
            await using var model = new PacedModel(Pace);
            await model.StartAsync();
            var subject = Subjects.OpenClaw(root, home.FullName);
            Configure(subject, model.BaseUrl, streams);
            using (var build = Process.Start(subject.FileName, ["--version"]))
                await build.WaitForExitAsync();
            var direct = Flatten(await RunAsync(streams, Deltas, model.BaseUrl, model, static () => { }));
            await using var server = await ServerProcess.StartAsync(subject);
            var gateway = new Uri($"http://127.0.0.1:{server.Port}/v1");
            // Code is compiled and caches are filled before memory is looked at.
            await RunAsync(WarmUpStreams, WarmUpDeltas, gateway, model, static () => { });
            double idle = server.ResidentMegabytes, busy = 0, cpu = server.CpuSeconds;
            var runs = await RunAsync(streams, Deltas, gateway, model, () => busy = server.ResidentMegabytes);
            cpu = server.CpuSeconds - cpu;
            var through = Flatten(runs);
            var text = Describe(streams, load, direct, through, [.. runs.Select(static run => run[0])], (busy - idle) * 1e6 / 1024 / streams, cpu * 1e6 / through.Count);
            await Console.Out.WriteAsync(text);
            Report.Replace(Path.Combine(root, "docs", "benchmarks.md"), "## Streams over HTTP", text);
            return through.Count == streams * Deltas ? 0 : 1;
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }

    private static async Task<List<double>[]> RunAsync(int streams, int deltas, Uri address, PacedModel model, Action halfway)
    {
        model.Expect(streams, deltas);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromMinutes(5) };
        var reading = Task.WhenAll(Enumerable.Range(0, streams).Select(number => StreamReading.ReadAsync(http, address, Subjects.Token, number)));
        await Task.WhenAny(model.AllThere, reading);
        await Task.Delay(deltas / 2 * Pace);
        halfway();
        return await reading;
    }

    private static void Configure(Subject subject, Uri model, int streams) => File.WriteAllText(
        Path.Combine(subject.Environment["OPENCLAW_STATE_DIR"], "openclaw.json"),
        $$"""
        { "gateway": { "mode": "local", "auth": { "token": "{{Subjects.Token}}" }, "http": { "endpoints": { "chatCompletions": { "enabled": true } } } },
          "models": { "providers": { "paced": { "baseUrl": "{{model}}", "apiKey": "bench-model-key", "api": "openai-completions", "models": [ { "id": "m", "name": "m", "contextWindow": 128000, "maxTokens": 4096,
            "reasoning": false, "input": ["text"], "cost": { "input": 0, "output": 0, "cacheRead": 0, "cacheWrite": 0 } } ] } } },
          "agents": { "defaults": { "model": { "primary": "paced/m" }, "maxConcurrent": {{streams}} } },
          "logging": { "file": "{{Path.Combine(subject.Environment["HOME"], "log")}}" } }
        """);

    private static List<double> Flatten(List<double>[] runs) => [.. runs.SelectMany(static run => run).Order()];

    private static string Describe(int streams, double load, List<double> direct, List<double> through, double[] firsts, double kilobytes, double cpu)
    {
        Array.Sort(firsts);
        var text = new StringBuilder("## Streams over HTTP\n\n");
        text.Append(CultureInfo.InvariantCulture, $"Written by `bench/run sse`: {streams} streams of chat completions at once, {1 / Pace.TotalSeconds:0} deltas a second each, {Deltas} deltas. Model, readers and gateway share the machine.\n");
        text.Append("Time is from the model's write to the reader's read; what is added is the difference to readers that ask the model itself.\n\n");
        text.Append(CultureInfo.InvariantCulture, $"- Machine: {Machine.Describe()}\n- Load average when it began: {load:0.00}.{(Machine.IsQuiet(load) ? "" : " **Other programs were running: times are too long; memory and processor times still hold.**")}\n\n");
        text.Append("| | unit | target | through the gateway | from the model itself | added |\n|---|---|--:|--:|--:|--:|\n");
        foreach (var (name, share, target) in ((string, double, double?)[])[("p50", 0.5, null), ("p99", 0.99, 30)])
        {
            var (ours, bare) = (At(through, share), At(direct, share));
            text.Append(CultureInfo.InvariantCulture, $"| A delta is under way, {name} | ms | {(target is { } most ? $"≤ {most:0}" : "")} | {ours:0.0} | {bare:0.0} | **{ours - bare:0.0}**{Missed(ours - bare, target)} |\n");
        }
        text.Append(CultureInfo.InvariantCulture, $"| The first delta of a stream, p50 | ms | ≤ 10 | {At([.. firsts], 0.5):0.0}{Missed(At([.. firsts], 0.5), 10)} | | |\n");
        text.Append(CultureInfo.InvariantCulture, $"| Memory of the gateway per open stream (RSS) | KiB | ≤ 64 | **{kilobytes:0}**{Missed(kilobytes, 64)} | | |\n");
        text.Append(CultureInfo.InvariantCulture, $"| Processor time of the gateway per delta | µs | | {cpu:0} | | |\n");
        return text.ToString();
    }

    private static string Missed(double value, double? target) => value > target ? " (missed)" : "";

    private static double At(List<double> sorted, double share) => sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * share))];
}
