using System.Diagnostics;
using OpenClaw.Benchmarks.Gateway;

namespace OpenClaw.Benchmarks.Package;

/// <summary>What is found out about the package with one state directory.</summary>
internal sealed class PackageTrial(Subject subject)
{
    private readonly List<double> _starts = [];
    private readonly List<double> _processor = [];

    public string Name => subject.Name;

    public double StartMs => Measurement.Median(_starts);

    public double StartCpuMs => Measurement.Median(_processor);

    public double IdleMegabytes { get; private set; }

    public double HelpMs { get; private set; }

    public double StatusMs { get; private set; }

    public double DeadStatusMs { get; private set; }

    public async Task StartAndStopAsync(bool counts)
    {
        await using var server = await ServerProcess.StartAsync(subject);
        if (!counts)
            return;
        _starts.Add(server.StartTime.TotalMilliseconds);
        _processor.Add(server.StartCpuSeconds * 1000);
    }

    public async Task RestAsync(TimeSpan idle, int repeats)
    {
        int port;
        await using (var server = await ServerProcess.StartAsync(subject))
        {
            port = server.Port;
            await Task.Delay(idle);
            IdleMegabytes = server.ResidentMegabytes;
            HelpMs = await CommandAsync(port, repeats, "--help");
            StatusMs = await CommandAsync(port, repeats, "gateway", "status");
        }
        DeadStatusMs = await CommandAsync(port, repeats, "gateway", "status");
    }

    private async Task<double> CommandAsync(int port, int repeats, params string[] arguments)
    {
        var times = new List<double>();
        for (var turn = -1; turn < repeats; turn++)
        {
            var watch = Stopwatch.StartNew();
            using var command = ServerProcess.Launch(subject, port, arguments);
            await command.WaitForExitAsync();
            if (command.ExitCode != 0)
                throw new InvalidOperationException($"openclaw {string.Join(' ', arguments)} ended with {command.ExitCode}.");
            if (turn >= 0)
                times.Add(watch.Elapsed.TotalMilliseconds);
        }
        return Measurement.Median(times);
    }
}
