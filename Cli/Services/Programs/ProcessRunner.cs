using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace OpenClaw.Cli.Services.Programs;

/// <summary>Programs of this machine.</summary>
/// <param name="variables">The instance's variables: the search path, and what is handed on.</param>
/// <param name="time">Clock of the timeouts.</param>
internal sealed class ProcessRunner(IReadOnlyDictionary<string, string> variables, TimeProvider time) : IProcessRunner
{
    /// <summary>More than any of these programs has to say.</summary>
    private const int MostCharacters = 256 * 1024;

    /// <summary>
    /// What these programs look at. Tokens and keys are not among them: a service manager can be asked for the environment of what it starts.
    /// </summary>
    private static readonly string[] HandedOn =
    [
        "PATH", "HOME", "USER", "LOGNAME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "DBUS_SESSION_BUS_ADDRESS", "TMPDIR", "TEMP", "TMP",
        "SystemRoot", "USERNAME", "USERDOMAIN", "USERPROFILE", "PATHEXT", "ComSpec",
    ];

    public async Task<ProcessResult> RunAsync(
        string program, IReadOnlyList<string> arguments, TimeSpan timeout, IReadOnlyDictionary<string, string>? more, CancellationToken cancellation)
    {
        if (Find(program) is not { } path)
            return new ProcessResult(ProcessEnd.NotStarted, -1, "", $"{program} not found");
        using var process = new Process { StartInfo = Describe(path, arguments, more) };
        using var deadline = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            return new ProcessResult(ProcessEnd.NotStarted, -1, "", $"{program} cannot be run: {e.Message}");
        }
        try
        {
            process.StandardInput.Close();
            var output = ReadAsync(process.StandardOutput, either.Token);
            var error = ReadAsync(process.StandardError, either.Token);
            await process.WaitForExitAsync(either.Token).ConfigureAwait(false);
            return new ProcessResult(ProcessEnd.Exited, process.ExitCode, await output.ConfigureAwait(false), await error.ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellation.ThrowIfCancellationRequested();
            return new ProcessResult(ProcessEnd.TimedOut, -1, "", FormattableString.Invariant($"{program} did not answer within {timeout.TotalSeconds:0.#} s"));
        }
        catch (IOException e)
        {
            // It closed its input before it was closed here.
            return new ProcessResult(ProcessEnd.NotStarted, -1, "", $"{program} cannot be talked to: {e.Message}");
        }
    }

    private ProcessStartInfo Describe(string path, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? more)
    {
        var start = new ProcessStartInfo(path, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        start.Environment.Clear();
        foreach (var name in HandedOn)
        {
            if (variables.TryGetValue(name, out var value))
                start.Environment[name] = value;
        }
        foreach (var (name, value) in more ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        // Their messages are looked at.
        start.Environment["LC_ALL"] = "C";
        start.Environment["SYSTEMD_COLORS"] = "0";
        start.Environment["SYSTEMD_PAGER"] = "";
        return start;
    }

    private string? Find(string program)
    {
        if (Path.IsPathRooted(program))
            return File.Exists(program) ? program : null;
        var name = OperatingSystem.IsWindows() ? program + ".exe" : program;
        foreach (var directory in (variables.GetValueOrDefault("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            var path = Path.Combine(directory, name);
            // A relative entry would mean another program in each directory.
            if (Path.IsPathRooted(path) && File.Exists(path))
                return path;
        }
        return null;
    }

    /// <summary>Reads to the end, and keeps the beginning: a program that never stops printing must not fill the memory.</summary>
    private static async Task<string> ReadAsync(StreamReader reader, CancellationToken cancellation)
    {
        var text = new StringBuilder();
        var buffer = new char[4096];
        while (await reader.ReadAsync(buffer, cancellation).ConfigureAwait(false) is var read and > 0)
        {
            if (text.Length < MostCharacters)
                text.Append(buffer, 0, read);
        }
        return text.ToString();
    }
}
