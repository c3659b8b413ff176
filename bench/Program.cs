using System.Diagnostics;
using OpenClaw.Benchmarks.Gateway;

namespace OpenClaw.Benchmarks;

internal static class Program
{
    private static async Task Main(string[] args)
    {
        var port = int.Parse(args[0]);
        var pid = int.Parse(args[2]);
        var mode = args.Length > 3 ? args[3] : "cli";
        var connections = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => LoadConnection.OpenAsync(port, args[1], mode)));
        for (var round = 0; round < 6; round++)
        {
            var before = Cpu(pid);
            var watch = Stopwatch.StartNew();
            const int Each = 20_000;
            var bytes = await Task.WhenAll(connections.Select(c => Task.Run(() => c.CallAsync("system-presence", Each, 8))));
            var seconds = watch.Elapsed.TotalSeconds;
            var calls = Each * connections.Length;
            Console.WriteLine($"{calls / seconds:0} calls/s, {(Cpu(pid) - before) * 1e6 / calls:0.00} us cpu/call, {bytes.Sum() / calls} bytes/call");
        }
    }

    private static double Cpu(int pid)
    {
        var text = File.ReadAllText($"/proc/{pid}/stat");
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(fields[11]) + long.Parse(fields[12])) / 100.0;
    }
}
