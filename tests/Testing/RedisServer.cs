using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace OpenClaw.Testing;

/// <summary>A real redis-server of the test's own, on a free port and a directory that goes with it.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly string[] _arguments;
    private Process? _process;

    private RedisServer(string[] arguments)
    {
        _arguments = arguments;
        Port = FreePort();
    }

    /// <summary>Why tests that need a server are skipped; null when they can run.</summary>
    public static string? Missing { get; } = Find() is null ? "redis-server is not installed (Debian: apt-get install redis-server)" : null;

    public int Port { get; }

    public string Directory => _directory.Path;

    /// <summary>What a bus needs to find it.</summary>
    public string Configuration => $"127.0.0.1:{Port}";

    public int ProcessId => _process!.Id;

    public static async Task<RedisServer> StartAsync(params string[] arguments)
    {
        var server = new RedisServer(arguments);
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>Starts it again on its port with its data.</summary>
    public async Task StartAgainAsync()
    {
        var start = new ProcessStartInfo(Find()!, ["--port", $"{Port}", "--bind", "127.0.0.1", "--dir", Directory, "--save", "", "--appendonly", "yes", "--appendfsync", "always", .. _arguments.Select(a => a.Replace("{port}", $"{Port}", StringComparison.Ordinal))])
        {
            RedirectStandardOutput = true,
        };
        _process = Process.Start(start)!;
        while (await _process.StandardOutput.ReadLineAsync().WithTimeout() is { } line)
        {
            if (line.Contains("Ready to accept connections", StringComparison.Ordinal))
            {
                // Read on, or the pipe fills up and the server stops.
                _process.OutputDataReceived += static (_, _) => { };
                _process.BeginOutputReadLineOnce();
                return;
            }
        }
        throw new InvalidOperationException("redis-server did not start.");
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync().WithTimeout();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Sends STOP or CONT.</summary>
    public Task SignalAsync(string signal) => Signals.SendAsync(ProcessId, signal);

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await KillAsync();
        _directory.Dispose();
    }

    private static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(d => (string[])[Path.Combine(d, "redis-server"), Path.Combine(d, "valkey-server")])
        .FirstOrDefault(File.Exists);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>Signals to processes of a test.</summary>
public static class Signals
{
    public static async Task SendAsync(int processId, string signal)
    {
        using var kill = Process.Start("kill", ["-" + signal, $"{processId}"]);
        await kill.WaitForExitAsync().WithTimeout();
    }

    /// <summary>Empties the pipe from here on; the reader used so far stays usable.</summary>
    public static void BeginOutputReadLineOnce(this Process process) => _ = DrainAsync(process);

    private static async Task DrainAsync(Process process)
    {
        try
        {
            while (await process.StandardOutput.ReadLineAsync() is not null)
            {
            }
        }
        catch (Exception exception) when (exception is ObjectDisposedException or InvalidOperationException or IOException)
        {
            // It was killed.
        }
    }
}
