using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Text;
using OpenClaw.Conformance.Tests.Peer;
using OpenClaw.Conformance.Tests.Processes;
using OpenClaw.Testing;

namespace OpenClaw.Conformance.Tests.Gateways;

/// <summary>A running gateway, ours or the original, in a process of its own.</summary>
internal sealed class GatewayProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _said = new();

    private GatewayProcess(ProgramPath program, Instance instance)
    {
        Port = Instance.FreePort();
        _process = ProgramRun.Start(program, instance.Environment(Port), "gateway");
        _process.OutputDataReceived += (_, line) => Note(line.Data);
        _process.ErrorDataReceived += (_, line) => Note(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Our program: the dll that this build made.</summary>
    public static ProgramPath Ours { get; } = new(
        Environment.ProcessPath!,
        Path.Combine(RepositoryRoot.Path, typeof(GatewayProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "GatewayProgram").Value!));

    public int Port { get; }

    public static Task<GatewayProcess> StartOursAsync(Instance instance) => StartAsync(Ours, instance);

    public static Task<GatewayProcess> StartPeerAsync(Instance instance) => StartAsync(PeerInstallation.Program, instance);

    /// <summary>Stops it as a service manager does, and waits for its end.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
            using var limit = new CancellationTokenSource(TestTimeouts.Wait);
            try
            {
                await _process.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
                throw new TimeoutException("SIGTERM did not end the gateway:\n" + Said());
            }
        }
        _process.Dispose();
    }

    private static async Task<GatewayProcess> StartAsync(ProgramPath program, Instance instance)
    {
        var gateway = new GatewayProcess(program, instance);
        using var limit = new CancellationTokenSource(ProgramRun.Limit);
        while (!await gateway.AcceptsAsync())
        {
            if (gateway._process.HasExited || limit.IsCancellationRequested)
            {
                var state = gateway._process.HasExited ? $"exited with {gateway._process.ExitCode}" : "does not listen";
                await gateway.DisposeAsync();
                throw new InvalidOperationException($"The gateway {state}:\n{gateway.Said()}");
            }
            // The other program says in no way that we could await when it listens.
            await Task.Delay(50, CancellationToken.None);
        }
        return gateway;
    }

    private async Task<bool> AcceptsAsync()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private void Note(string? line)
    {
        lock (_said)
            _said.AppendLine(line);
    }

    private string Said()
    {
        lock (_said)
            return _said.ToString();
    }
}
