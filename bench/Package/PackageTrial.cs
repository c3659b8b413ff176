using System.Diagnostics;
using OpenClaw.Benchmarks.Gateway;

namespace OpenClaw.Benchmarks.Package;

/// <summary>What is found out about the package with one state directory.</summary>
internal sealed class PackageTrial(Subject subject)
{
    /// <summary>A gateway that lived this long has written what its next start needs.</summary>
    private static readonly TimeSpan Learned = TimeSpan.FromSeconds(7);

    private readonly List<double> _first = [];
    private readonly List<double> _starts = [];
    private bool _hasLearned;
    private readonly List<double> _processor = [];

    public string Name => subject.Name;

    /// <summary>Of starts that nothing was learned for.</summary>
    public double FirstStartMs => Measurement.Median(_first);

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
        if (!_hasLearned)
        {
            _first.Add(server.StartTime.TotalMilliseconds);
            return;
        }
        _starts.Add(server.StartTime.TotalMilliseconds);
        _processor.Add(server.StartCpuSeconds * 1000);
    }

    public async Task LearnAsync()
    {
        await using var server = await ServerProcess.StartAsync(subject);
        await Task.Delay(Learned);
        _hasLearned = true;
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
