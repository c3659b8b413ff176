using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using OpenClaw.Testing;

namespace OpenClaw.Cli.Tests.Support;

/// <summary>The real program as a process of its own. Disposing ends it.</summary>
public sealed partial class OpenClawProcess : IAsyncDisposable
{
    public const int SigInt = 2;
    public const int SigTerm = 15;

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();
    private readonly Task _reading;

    private OpenClawProcess(Process process)
    {
        _process = process;
        _reading = Task.WhenAll(ReadAsync(process.StandardOutput, _output), ReadAsync(process.StandardError, _error));
    }

    public static int SigUsr1 => OperatingSystem.IsLinux() ? 10 : 30;

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public string Out
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    public string Error
    {
        get
        {
            lock (_error)
                return _error.ToString();
        }
    }

    public static OpenClawProcess Start(CliHome home, params string[] args)
    {
        var program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "openclaw.exe" : "openclaw");
        // A shell's background jobs ignore SIGINT and so does what they start, this program included; the tests may be one.
        var start = new ProcessStartInfo(OperatingSystem.IsLinux() ? "/usr/bin/env" : program, OperatingSystem.IsLinux() ? ["--default-signal=INT", program, .. args] : args)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = home.Path,
        };
        start.Environment.Clear();
        foreach (var (name, value) in home.Variables)
            start.Environment[name] = value;
        return new OpenClawProcess(Process.Start(start)!);
    }

    /// <summary>Runs a command to its end.</summary>
    public static async Task<CommandResult> RunAsync(CliHome home, params string[] args)
    {
        await using var process = Start(home, args);
        var exitCode = await process.WaitForExitAsync();
        return new CommandResult(exitCode, process.Out, process.Error);
    }

    /// <summary>Waits until something was printed (on either stream) <paramref name="times"/> times.</summary>
    public Task WaitForAsync(string text, int times = 1) => TestTimeouts.Until(
        () => (Out + Error).Split(text).Length > times || (_process.HasExited ? throw new InvalidOperationException($"It ended with {_process.ExitCode}:\n{Out}\n{Error}") : false),
        $"'{text}' in:\n{Out}\n{Error}");

    public void Signal(int signal) => Kill(_process.Id, signal);

    public async Task<int> WaitForExitAsync()
    {
        await _process.WaitForExitAsync().WithTimeout();
        await _reading.WithTimeout();
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static async Task ReadAsync(StreamReader reader, StringBuilder text)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (text)
                text.Append(line).Append('\n');
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
