using System.Globalization;
using OpenClaw.Testing;

namespace OpenClaw.EndToEnd.Tests;

/// <summary>The gateway as a user runs it: the published program, a home of its own, a free port.</summary>
internal sealed class GatewayProcess : IRunningGateway
{
    public const string Token = IRunningGateway.Token;

    private readonly TempDirectory _home = new();
    private readonly PublishedProgram _program;

    private GatewayProcess() => _program = new PublishedProgram("openclaw", _home.Path);

    public int Port { get; } = PublishedProgram.FreePort();

    public string StateDirectory => _home[".openclaw"];

    public Uri WebSocketUri => new($"ws://127.0.0.1:{Port}/");

    public Uri PageUri => new($"http://127.0.0.1:{Port}/");

    public int ProcessId => _program.ProcessId;

    /// <summary>Starts a gateway whose configuration has <paramref name="sections"/> beside the gateway's own.</summary>
    public static async Task<GatewayProcess> StartAsync(string sections = "", string gateway = "")
    {
        var process = new GatewayProcess();
        Directory.CreateDirectory(process.StateDirectory);
        await File.WriteAllTextAsync(Path.Combine(process.StateDirectory, "openclaw.json"), IRunningGateway.Configuration(sections, gateway));
        await process.LaunchAsync();
        return process;
    }

    /// <summary>SIGKILL: no cleanup of any kind.</summary>
    public Task KillAsync() => _program.KillAsync();

    public async Task<int> StopCoreAsync()
    {
        await _program.SignalAsync("TERM");
        return await _program.EndedAsync();
    }

    /// <summary>Starts again on the same state.</summary>
    public Task LaunchAsync() => _program.StartAsync(
        ["gateway", "--port", Port.ToString(CultureInfo.InvariantCulture)], new Dictionary<string, string>(), "listening on ws");

    /// <summary>What all starts printed with <paramref name="text"/> in it, one line each.</summary>
    public string LogLinesWith(string text) => _program.LinesWith(text);

    public async ValueTask DisposeAsync()
    {
        await _program.DisposeAsync();
        _home.Dispose();
    }
}
