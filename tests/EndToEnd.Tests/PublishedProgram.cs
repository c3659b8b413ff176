using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using OpenClaw.Testing;

namespace OpenClaw.EndToEnd.Tests;

/// <summary>One of the published programs, running with an environment of its own.</summary>
internal sealed class PublishedProgram(string name, string home) : IAsyncDisposable
{
    private readonly List<string> _output = [];
    private Process? _process;

    public int ProcessId => _process!.Id;

    public bool IsRunning => _process is not null;

    /// <summary>What <c>./openclaw</c> last built; <c>./test</c> calls it before the tests. eng/package-test names what is packaged.</summary>
    private string Path
    {
        get
        {
            if (Environment.GetEnvironmentVariable("OPENCLAW_TEST_PROGRAMS") is { Length: > 0 } directory)
                return System.IO.Path.Combine(directory, name);
            var artifacts = System.IO.Path.Combine(RepositoryRoot.Path, "artifacts", "openclaw");
            return System.IO.Path.Combine(artifacts, File.ReadAllText(System.IO.Path.Combine(artifacts, "current")).Trim().Split('\n')[0], name);
        }
    }

    /// <summary>Starts it and waits until it prints <paramref name="readyText"/>.</summary>
    public async Task StartAsync(IEnumerable<string> arguments, IReadOnlyDictionary<string, string> variables, string readyText)
    {
        var start = Describe(arguments, variables);
        _process = Process.Start(start) ?? throw new InvalidOperationException($"{name} did not start.");
        var ready = new TaskCompletionSource();
        void OnLine(object sender, DataReceivedEventArgs line)
        {
            if (line.Data is null)
                return;
            lock (_output)
                _output.Add(line.Data);
            if (line.Data.Contains(readyText, StringComparison.Ordinal))
                ready.TrySetResult();
        }
        _process.OutputDataReceived += OnLine;
        _process.ErrorDataReceived += OnLine;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        var exited = _process.WaitForExitAsync();
        if (await Task.WhenAny(ready.Task, exited).WithTimeout() == exited)
            throw new InvalidOperationException($"{name} ended with {_process.ExitCode}: {LinesWith("")}");
    }

    /// <summary>Runs it to its end, and returns the exit code. What it prints is among the lines.</summary>
    public async Task<int> RunAsync(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? variables = null)
    {
        using var process = Process.Start(Describe(arguments, variables ?? new Dictionary<string, string>())) ?? throw new InvalidOperationException($"{name} did not start.");
        var printed = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync()).WithTimeout();
        await process.WaitForExitAsync().WithTimeout();
        lock (_output)
            _output.AddRange(printed.SelectMany(static text => text.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
        return process.ExitCode;
    }

    /// <summary>SIGKILL: no cleanup of any kind.</summary>
    public async Task KillAsync()
    {
        _process!.Kill(entireProcessTree: true);
        await EndedAsync();
    }

    /// <summary>Sends a signal by its name.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", ["-" + signal, $"{ProcessId}"]);
        await kill.WaitForExitAsync().WithTimeout();
    }

    /// <summary>Waits for the end and returns the exit code.</summary>
    public async Task<int> EndedAsync()
    {
        await _process!.WaitForExitAsync().WithTimeout();
        var code = _process.ExitCode;
        _process.Dispose();
        _process = null;
        return code;
    }

    /// <summary>What all starts printed with <paramref name="text"/> in it, one line each.</summary>
    public string LinesWith(string text)
    {
        lock (_output)
            return string.Join('\n', _output.Where(line => line.Contains(text, StringComparison.Ordinal)));
    }

    public async ValueTask DisposeAsync()
    {
        if (IsRunning)
            await KillAsync();
    }

    private ProcessStartInfo Describe(IEnumerable<string> arguments, IReadOnlyDictionary<string, string> variables)
    {
        var start = new ProcessStartInfo(Path, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = home };
        start.Environment.Clear();
        start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH");
        start.Environment["HOME"] = home;
        start.Environment["OPENCLAW_HOME"] = home;
        start.Environment["TMPDIR"] = home;
        // They are killed on purpose, again and again; a gateway that holds its channels back after that has tests of its own.
        start.Environment["OPENCLAW_SAFE_MODE"] = "off";
        if (Environment.GetEnvironmentVariable("DOTNET_ROOT") is { } root)
            start.Environment["DOTNET_ROOT"] = root;
        foreach (var (variable, value) in variables)
            start.Environment[variable] = value;
        return start;
    }

    public static int FreePort()
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }
}
