using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace OpenClaw.Gateway.Core.Agents.Tools.Exec;

/// <summary>A command at work. It ends by itself, at its time limit, or when it is killed; then nothing of it is left.</summary>
internal sealed class CommandProcess : IAsyncDisposable
{
    /// <summary>Most characters read at once, and so in one update.</summary>
    private const int ChunkChars = 8 * 1024;

    /// <summary>After its end a command's pipes may be held open by what it left behind; longer is not waited.</summary>
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(1);

    private readonly Process _process;
    private readonly bool _isLeader;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private volatile string? _endedBy;

    private CommandProcess(Process process, bool isLeader, CommandStart start, TimeProvider time)
    {
        _process = process;
        _isLeader = isLeader;
        _time = time;
        Pid = process.Id;
        Command = start.Command;
        Cwd = start.Cwd;
        StartedAtMs = NowMs;
        Exited = WatchAsync(start.Timeout);
    }

    public int Pid { get; }

    public string Command { get; }

    public string Cwd { get; }

    public long StartedAtMs { get; }

    public OutputBuffer Output { get; } = new();

    /// <summary>Completes when the command has ended and its output is whole. Never faults.</summary>
    public Task<CommandExit> Exited { get; }

    /// <summary>How it ended; null while it works.</summary>
    public CommandExit? Exit { get; private set; }

    /// <summary>Called after each piece of output, on the reading thread.</summary>
    public Action? OnOutput { get; set; }

    internal long NowMs => _time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Starts it. Throws <see cref="IOException"/> with a text for the model when the system refuses.</summary>
    public static CommandProcess Start(CommandStart start, ProgramFinder finder, TimeProvider time)
    {
        var (fileName, arguments, isLeader) = ProcessGroup.Wrap(start.FileName, start.Arguments, finder);
        var info = new ProcessStartInfo(fileName, arguments)
        {
            WorkingDirectory = start.Cwd,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        info.Environment.Clear();
        foreach (var (name, value) in start.Environment)
            info.Environment[name] = value;
        try
        {
            var process = Process.Start(info) ?? throw new IOException("The command did not start.");
            return new CommandProcess(process, isLeader, start, time);
        }
        catch (Win32Exception e)
        {
            throw new IOException($"The command could not be started: {e.Message}", e);
        }
    }

    /// <summary>Writes to its input; <paramref name="end"/> closes it. Throws <see cref="IOException"/> when it no longer reads.</summary>
    public async Task WriteAsync(string data, bool end, CancellationToken cancellationToken)
    {
        await _process.StandardInput.WriteAsync(data.AsMemory(), cancellationToken).ConfigureAwait(false);
        await _process.StandardInput.FlushAsync(cancellationToken).ConfigureAwait(false);
        if (end)
            _process.StandardInput.Close();
    }

    /// <summary>Ends it and all it has started. <paramref name="reason"/> is kept for <see cref="CommandExit.EndedBy"/>.</summary>
    public void Kill(string reason)
    {
        if (Exited.IsCompleted)
            return;
        _endedBy ??= reason;
        ProcessGroup.KillAll(_process, Pid, _isLeader);
    }

    public async ValueTask DisposeAsync()
    {
        Kill("shutdown");
        await Exited.ConfigureAwait(false);
        _process.Dispose();
        _stop.Dispose();
    }

    private async Task<CommandExit> WatchAsync(TimeSpan timeout)
    {
        var limit = _time.CreateTimer(_ => Kill(CommandExit.TimedOut), null, timeout, Timeout.InfiniteTimeSpan);
        // Reading may block the starter's thread for a moment, which is the run's.
        await Task.Yield();
        var reading = Task.WhenAll(ReadAsync(_process.StandardOutput), ReadAsync(_process.StandardError));
        await using (limit.ConfigureAwait(false))
            await _process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        await DrainAsync(reading).ConfigureAwait(false);
        Output.Close();
        return Exit = new CommandExit(_process.ExitCode, _endedBy, NowMs);
    }

    private async Task DrainAsync(Task reading)
    {
        if (!await EndsAsync(reading).ConfigureAwait(false))
        {
            // Something still holds the pipes. Unless it has left the group, that was not meant to outlive the command.
            if (_isLeader)
                ProcessGroup.KillLeftovers(Pid);
            if (!await EndsAsync(reading).ConfigureAwait(false))
                await _stop.CancelAsync().ConfigureAwait(false);
        }
        await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    // On the real clock: it is the system that is waited for.
    private static async Task<bool> EndsAsync(Task reading)
    {
        try
        {
            await reading.WaitAsync(DrainTime).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private async Task ReadAsync(StreamReader reader)
    {
        var cleaner = new OutputCleaner();
        var buffer = new char[ChunkChars];
        try
        {
            while (await reader.ReadAsync(buffer, _stop.Token).ConfigureAwait(false) is var count and > 0)
            {
                Output.Append(cleaner.Clean(buffer.AsSpan(0, count)));
                OnOutput?.Invoke();
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The pipe is gone: there will be no more output.
        }
    }
}

/// <summary>How to start a command.</summary>
internal sealed record CommandStart
{
    /// <summary>The line as it was asked for.</summary>
    public required string Command { get; init; }

    public required string FileName { get; init; }

    public required IReadOnlyList<string> Arguments { get; init; }

    public required string Cwd { get; init; }

    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    public required TimeSpan Timeout { get; init; }
}

/// <summary>How a command ended. <paramref name="EndedBy"/> says who ended it; null when it did itself.</summary>
internal sealed record CommandExit(int ExitCode, string? EndedBy, long EndedAtMs)
{
    public const string TimedOut = "timeout";
}
