using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace OpenClaw.Benchmarks.Bus;

/// <summary>A redis-server for one run.</summary>
internal sealed class RedisProcess : IAsyncDisposable
{
    private readonly Process _process;

    private RedisProcess(Process process, int port)
    {
        _process = process;
        Configuration = $"127.0.0.1:{port}";
    }

    public string Configuration { get; }

    /// <summary>Null when there is no redis-server on this machine.</summary>
    public static async Task<RedisProcess?> StartAsync(string directory)
    {
        var program = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(d => Path.Combine(d, "redis-server")).FirstOrDefault(File.Exists);
        if (program is null)
            return null;
        var port = FreePort();
        string[] arguments =
            ["--port", $"{port}", "--bind", "127.0.0.1", "--dir", directory, "--save", "", "--appendonly", "yes", "--appendfsync", "always", "--logfile", Path.Combine(directory, "redis.log")];
        var process = Process.Start(new ProcessStartInfo(program, arguments))!;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await AnswersAsync(port, patience.Token))
            await Task.Delay(20, patience.Token); // It says in no way that we could await when it answers.
        return new RedisProcess(process, port);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static async Task<bool> AnswersAsync(int port, CancellationToken cancellationToken)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
