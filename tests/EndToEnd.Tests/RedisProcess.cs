using System.Diagnostics;
using System.Globalization;
using OpenClaw.Testing;

namespace OpenClaw.EndToEnd.Tests;

/// <summary>A redis-server of the test's own.</summary>
internal sealed class RedisProcess : IAsyncDisposable
{
    private readonly TempDirectory _directory = new();
    private Process? _process;

    private RedisProcess()
    {
    }

    /// <summary>Why tests that need it are skipped; null when they can run.</summary>
    public static string? Missing { get; } = Find() is null ? "redis-server is not installed (Debian: apt-get install redis-server)" : null;

    public int Port { get; } = PublishedProgram.FreePort();

    public static async Task<RedisProcess> StartAsync()
    {
        var redis = new RedisProcess();
        await redis.LaunchAsync();
        return redis;
    }

    /// <summary>Starts it, with the data that it had.</summary>
    public async Task LaunchAsync()
    {
        var start = new ProcessStartInfo(
            Find()!, ["--port", Port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--dir", _directory.Path, "--save", "", "--appendonly", "yes", "--appendfsync", "always"])
        {
            RedirectStandardOutput = true,
        };
        _process = Process.Start(start)!;
        var ready = new TaskCompletionSource();
        _process.OutputDataReceived += (_, line) =>
        {
            if (line.Data?.Contains("Ready to accept connections", StringComparison.Ordinal) == true)
                ready.TrySetResult();
        };
        _process.BeginOutputReadLine();
        await ready.Task.WithTimeout();
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync().WithTimeout();
        _process.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await KillAsync();
        _directory.Dispose();
    }

    private static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(directory => (string[])[Path.Combine(directory, "redis-server"), Path.Combine(directory, "valkey-server")])
        .FirstOrDefault(File.Exists);
}
