using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using OpenClaw.Testing;

namespace OpenClaw.EndToEnd.Tests;

/// <summary>The gateway as a user runs it: the published program, a home of its own, a free port.</summary>
internal sealed class GatewayProcess : IAsyncDisposable
{
    public const string Token = "end-to-end-token";

    private readonly TempDirectory _home = new();
    private readonly List<string> _output = [];
    private Process? _process;

    private GatewayProcess()
    {
    }

    public int Port { get; private set; }

    public string StateDirectory => _home[".openclaw"];

    public Uri WebSocketUri => new($"ws://127.0.0.1:{Port}/");

    public Uri PageUri => new($"http://127.0.0.1:{Port}/");

    public int ProcessId => _process!.Id;

    /// <summary>Starts a gateway whose configuration has <paramref name="sections"/> beside the gateway's own.</summary>
    public static async Task<GatewayProcess> StartAsync(string sections = "")
    {
        var gateway = new GatewayProcess { Port = FreePort() };
        Directory.CreateDirectory(gateway.StateDirectory);
        await File.WriteAllTextAsync(
            Path.Combine(gateway.StateDirectory, "openclaw.json"), $$"""{ gateway: { mode: "local", auth: { token: "{{Token}}" } }, {{sections}} }""");
        await gateway.LaunchAsync();
        return gateway;
    }

    /// <summary>SIGKILL: no cleanup of any kind.</summary>
    public async Task KillAsync()
    {
        _process!.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync().WithTimeout();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Starts again on the same state.</summary>
    public async Task LaunchAsync()
    {
        var start = new ProcessStartInfo(Program)
        {
            ArgumentList = { "gateway", "--port", Port.ToString(System.Globalization.CultureInfo.InvariantCulture) },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _home.Path,
        };
        start.Environment.Clear();
        start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH");
        start.Environment["HOME"] = _home.Path;
        start.Environment["OPENCLAW_HOME"] = _home.Path;
        start.Environment["TMPDIR"] = _home.Path;
        if (Environment.GetEnvironmentVariable("DOTNET_ROOT") is { } root)
            start.Environment["DOTNET_ROOT"] = root;
        _process = Process.Start(start) ?? throw new InvalidOperationException("The gateway did not start.");
        var output = _output;
        var listening = new TaskCompletionSource();
        void OnLine(object sender, DataReceivedEventArgs line)
        {
            if (line.Data is null)
                return;
            lock (output)
                output.Add(line.Data);
            if (line.Data.Contains("listening on ws://127.0.0.1", StringComparison.Ordinal))
                listening.TrySetResult();
        }
        _process.OutputDataReceived += OnLine;
        _process.ErrorDataReceived += OnLine;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        var exited = _process.WaitForExitAsync();
        if (await Task.WhenAny(listening.Task, exited).WithTimeout() == exited)
            throw new InvalidOperationException($"The gateway ended with {_process.ExitCode}: {string.Join('\n', output)}");
    }

    /// <summary>What all starts printed with <paramref name="text"/> in it, one line each.</summary>
    public string LogLinesWith(string text)
    {
        lock (_output)
            return string.Join('\n', _output.Where(line => line.Contains(text, StringComparison.Ordinal)));
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await KillAsync();
        _home.Dispose();
    }

    /// <summary>What <c>./openclaw</c> last built; <c>./test</c> calls it before the tests.</summary>
    private static string Program
    {
        get
        {
            var artifacts = Path.Combine(RepositoryRoot.Path, "artifacts", "openclaw");
            return Path.Combine(artifacts, File.ReadAllText(Path.Combine(artifacts, "current")).Trim().Split('\n')[0], "openclaw");
        }
    }

    private static int FreePort()
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }
}
