using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using OpenClaw.Gateway.Core.Agents.Tools.Exec;

namespace OpenClaw.Gateway.Core.HostCommands;

/// <summary>How a command ended.</summary>
/// <param name="ExitCode">Its code; null when it did not start or was killed.</param>
/// <param name="TimedOut">It was killed at its time limit.</param>
/// <param name="Output">Standard output.</param>
/// <param name="ErrorOutput">Standard error.</param>
/// <param name="Problem">Why it did not start.</param>
public sealed record HostCommandOutcome(int? ExitCode, bool TimedOut, string Output, string ErrorOutput, string? Problem)
{
    /// <summary>It ran to its end with code 0.</summary>
    public bool Success => ExitCode == 0 && !TimedOut && Problem is null;
}

/// <summary>Runs commands that may run, and keeps the first part of what they print.</summary>
/// <param name="time">The clock.</param>
public sealed class HostCommandRunner(TimeProvider time)
{
    /// <summary>Most bytes kept of both streams together; the peer's number.</summary>
    public const int MaxOutputBytes = 200_000;

    private const string Cut = "... (truncated)";

    /// <summary>After its end a command's pipes may be held open by what it left behind; longer is not waited.</summary>
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(1);

    /// <summary>Runs it to its end. Cancelled or over its time, it is killed with all it started.</summary>
    /// <param name="start">The command.</param>
    /// <param name="timeout">Its limit; null is none.</param>
    /// <param name="cancellationToken">Kills it.</param>
    /// <exception cref="OperationCanceledException">It was cancelled, and is gone.</exception>
    public async Task<HostCommandOutcome> RunAsync(HostCommandStart start, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(start);
        var finder = new ProgramFinder(start.Environment.GetValueOrDefault("PATH") ?? "");
        if (finder.Find(start.Arguments[0], start.Cwd) is not { } program)
            return new HostCommandOutcome(null, false, "", "", $"spawn {start.Arguments[0]} ENOENT");
        var (fileName, arguments, isLeader) = ProcessGroup.Wrap(program, [.. start.Arguments.Skip(1)], finder);
        using var process = new Process { StartInfo = InfoOf(fileName, arguments, start) };
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            return new HostCommandOutcome(null, false, "", "", e.Message);
        }
        process.StandardInput.Close();
        return await FollowAsync(process, isLeader, timeout, cancellationToken).ConfigureAwait(false);
    }

    private async Task<HostCommandOutcome> FollowAsync(Process process, bool isLeader, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var room = new Room(MaxOutputBytes);
        using var drained = new CancellationTokenSource();
        var output = ReadAsync(process.StandardOutput.BaseStream, room, drained.Token);
        var error = ReadAsync(process.StandardError.BaseStream, room, drained.Token);
        using var limit = new CancellationTokenSource(timeout ?? Timeout.InfiniteTimeSpan, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var killed = false;
        try
        {
            await process.WaitForExitAsync(stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            killed = true;
            ProcessGroup.KillAll(process, process.Id, isLeader);
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        }
        // On the real clock: it is the system that is waited for.
        drained.CancelAfter(DrainTime);
        var (text, errorText) = (await output.ConfigureAwait(false), await error.ConfigureAwait(false));
        // What the command put into the background may live on, unless it was killed or still writes to its pipes.
        if (isLeader && (killed || drained.IsCancellationRequested))
            ProcessGroup.KillLeftovers(process.Id);
        cancellationToken.ThrowIfCancellationRequested();
        if (room.Truncated)
        {
            if (errorText.AsSpan().Trim().Length > 0)
                errorText = $"{errorText}\n{Cut}";
            else
                text = $"{text}\n{Cut}";
        }
        return new HostCommandOutcome(killed ? null : process.ExitCode, killed, text, errorText, null);
    }

    private static ProcessStartInfo InfoOf(string fileName, IReadOnlyList<string> arguments, HostCommandStart start)
    {
        var info = new ProcessStartInfo(fileName, arguments)
        {
            WorkingDirectory = start.Cwd,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        info.Environment.Clear();
        foreach (var (name, value) in start.Environment)
            info.Environment[name] = value;
        return info;
    }

    private static async Task<string> ReadAsync(Stream stream, Room room, CancellationToken cancellationToken)
    {
        using var kept = new MemoryStream();
        var buffer = new byte[8192];
        try
        {
            while (await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is var count and > 0)
                kept.Write(buffer, 0, room.Take(count));
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // Something the command left behind still holds the pipe, or it is gone: there is no more to read.
        }
        return Encoding.UTF8.GetString(kept.GetBuffer(), 0, (int)kept.Length);
    }

    /// <summary>What both streams may still keep.</summary>
    private sealed class Room(int bytes)
    {
        private readonly Lock _gate = new();
        private int _left = bytes;

        public bool Truncated { get; private set; }

        public int Take(int wanted)
        {
            lock (_gate)
            {
                var taken = Math.Min(wanted, _left);
                _left -= taken;
                Truncated |= taken < wanted;
                return taken;
            }
        }
    }
}
