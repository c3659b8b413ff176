using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using OpenClaw.Gateway.Core.Tests.Support;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Cluster;

/// <summary>A core as a process of its own, on the Redis and the home of others, to be killed or stopped.</summary>
internal sealed class CoreProcess : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly Process _process;
    private readonly TaskCompletionSource _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private CoreProcess(RedisServer redis, TempDirectory home)
    {
        Port = FreePort();
        var start = new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "OpenClaw.Gateway.Core.dll")]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["HOME"] = home.Path;
        start.Environment["PORT"] = $"{Port}";
        start.Environment["ConnectionStrings__redis"] = redis.Configuration;
        start.Environment["OPENCLAW_SERVICE_SECRET"] = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.ErrorDataReceived += (_, line) => Take(line.Data);
    }

    public int Port { get; }

    public Uri WebSocketUri => new($"ws://127.0.0.1:{Port}/");

    public bool HasExited => _process.HasExited;

    public string Output => string.Join('\n', _lines.TakeLast(40));

    public static async Task<CoreProcess> StartAsync(RedisServer redis, TempDirectory home)
    {
        var core = new CoreProcess(redis, home);
        core._process.Start();
        core._process.BeginOutputReadLine();
        core._process.BeginErrorReadLine();
        try
        {
            await core._listening.Task.WithTimeout();
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"The core does not listen.\n{core.Output}");
        }
        return core;
    }

    public Task SignalAsync(string signal) => Signals.SendAsync(_process.Id, signal);

    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync().WithTimeout();
    }

    public async Task<ClusterClient> ConnectAsync() => await ClusterClient.ConnectAsync(await RawClient.OpenAsync(WebSocketUri));

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }

    private void Take(string? line)
    {
        if (line is null)
            return;
        _lines.Enqueue(line);
        if (line.Contains("Now listening on", StringComparison.Ordinal))
            _listening.TrySetResult();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
