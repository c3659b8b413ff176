using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace OpenClaw.Benchmarks.Gateway;

/// <summary>A running server and what the system says about it. Linux only: the numbers come from <c>/proc</c>.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    /// <summary>Unit of the processor times in <c>/proc/PID/stat</c>: USER_HZ, which is 100 on every Linux that .NET runs on.</summary>
    private const double TicksPerSecond = 100;

    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    private readonly Process _process;

    private ServerProcess(Process process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    /// <summary>From the start of the program to the first connection that was told <c>hello-ok</c>.</summary>
    public TimeSpan StartTime { get; private init; }

    /// <summary>Processor time of the server in that span; unlike the span it hardly depends on what else the machine does.</summary>
    public double StartCpuSeconds { get; private init; }

    /// <summary>Resident memory, in megabytes of a million bytes.</summary>
    public double ResidentMegabytes => long.Parse(
        File.ReadLines($"/proc/{_process.Id}/status").First(static line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture) * 1024 / 1e6;

    /// <summary>Processor time used so far, of user and system.</summary>
    public double CpuSeconds => CpuSecondsOf(_process.Id);

    public static async Task<ServerProcess> StartAsync(Subject subject)
    {
        var port = FreePort();
        var watch = Stopwatch.StartNew();
        var process = Launch(subject, port, subject.ServerArguments(port));
        while (true)
        {
            try
            {
                using var connection = await LoadConnection.OpenAsync(port, Subjects.Token);
                var elapsed = watch.Elapsed;
                return new ServerProcess(process, port) { StartTime = elapsed, StartCpuSeconds = CpuSecondsOf(process.Id) };
            }
            catch (Exception e) when (e is SocketException or IOException && watch.Elapsed < StartLimit && !process.HasExited)
            {
                await Task.Delay(2); // The precision of the measured start time.
            }
        }
    }

    /// <summary>Runs a program whose output nobody needs; its own environment is the caller's with the subject's on top.</summary>
    public static Process Launch(Subject subject, int port, string[] arguments)
    {
        var start = new ProcessStartInfo(subject.FileName, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in subject.Environment)
            start.Environment[name] = value;
        start.Environment["OPENCLAW_GATEWAY_PORT"] = port.ToString(CultureInfo.InvariantCulture);
        var process = Process.Start(start) ?? throw new InvalidOperationException("Not started: " + subject.FileName);
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    public async ValueTask DisposeAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static double CpuSecondsOf(int processId)
    {
        var text = File.ReadAllText($"/proc/{processId}/stat");
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond;
    }

    private static int FreePort()
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }
}
