using System.Collections.Concurrent;
using System.Diagnostics;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Bus.Redis.Tests;

/// <summary>Another process on the same Redis, which the test kills or stops.</summary>
internal sealed class TargetProcess : IAsyncDisposable
{
    private readonly Process _process;

    public TargetProcess(RedisServer server, int number, string mode)
    {
        var target = Path.Combine(AppContext.BaseDirectory, "OpenClaw.Gateway.Bus.RedisTarget.dll");
        var start = new ProcessStartInfo("dotnet", ["exec", target, server.Configuration, $"{number}", mode]) { RedirectStandardOutput = true, RedirectStandardInput = true };
        _process = Process.Start(start)!;
        Reading = ReadAsync();
    }

    public ConcurrentQueue<string> Lines { get; } = new();

    public Task Reading { get; }

    /// <summary>Waits until it has said something that starts like this; returns it.</summary>
    public async Task<string> UntilAsync(string start)
    {
        await TestTimeouts.Until(() => Lines.Any(l => l.StartsWith(start, StringComparison.Ordinal)), start);
        return Lines.First(l => l.StartsWith(start, StringComparison.Ordinal));
    }

    public Task SignalAsync(string signal) => Signals.SendAsync(_process.Id, signal);

    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync().WithTimeout();
        await Reading.WithTimeout();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
            Lines.Enqueue(line);
    }
}
