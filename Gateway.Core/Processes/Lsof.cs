using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace OpenClaw.Gateway.Core.Processes;

/// <summary>What listens on a port, according to <c>lsof</c>.</summary>
/// <param name="program">The lsof to run; null when there is none.</param>
/// <param name="time">Clock of the time-out.</param>
internal sealed class Lsof(string? program, TimeProvider time)
{
    /// <summary>lsof can hang on a dead network mount.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private static readonly string[] UsualPlaces = ["/usr/bin/lsof", "/usr/sbin/lsof"];

    /// <summary>The usual places, then the search path.</summary>
    public static string? Find(string? searchPath) =>
        UsualPlaces.Concat((searchPath ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Select(directory => Path.Combine(directory, "lsof")))
            .FirstOrDefault(File.Exists);

    /// <summary>The listeners of a TCP port, this process excepted; or why they cannot be told.</summary>
    public async Task<(IReadOnlyList<PortListener> Found, string? Error)> ListenersAsync(int port, CancellationToken cancellation)
    {
        if (program is null)
            return ([], "lsof not found; required for --force");
        using var process = new Process();
        process.StartInfo = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in (string[])["-nP", string.Create(CultureInfo.InvariantCulture, $"-iTCP:{port}"), "-sTCP:LISTEN", "-FpFc"])
            process.StartInfo.ArgumentList.Add(argument);
        using var timeout = new CancellationTokenSource(Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        try
        {
            process.Start();
            var output = process.StandardOutput.ReadToEndAsync(either.Token);
            var errors = process.StandardError.ReadToEndAsync(either.Token);
            await Task.WhenAll(output, errors).ConfigureAwait(false);
            await process.WaitForExitAsync(either.Token).ConfigureAwait(false);
            // lsof ends with 1 when it found nothing.
            return process.ExitCode is 0 or 1
                ? (Parse(await output.ConfigureAwait(false)), null)
                : ([], $"lsof failed with exit code {process.ExitCode}: {(await errors.ConfigureAwait(false)).Trim()}");
        }
        catch (Win32Exception e)
        {
            return ([], $"lsof cannot be run: {e.Message}");
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellation.ThrowIfCancellationRequested();
            return ([], $"lsof did not answer within {Timeout.TotalSeconds:0} s");
        }
    }

    /// <summary>One field per line: <c>p&lt;pid&gt;</c> begins a process, <c>c&lt;command&gt;</c> names it.</summary>
    internal static List<PortListener> Parse(string output)
    {
        var found = new List<PortListener>();
        foreach (var line in output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (line[0] == 'p' && int.TryParse(line.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var pid))
                found.Add(new PortListener(pid, null));
            else if (line[0] == 'c' && found.Count > 0)
                found[^1] = found[^1] with { Command = line[1..] };
        }
        found.RemoveAll(listener => listener.Pid == Environment.ProcessId);
        return found;
    }
}
