using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using OpenClaw.Gateway.Core.Agents.Messages;
using OpenClaw.Gateway.Core.Sessions;
using OpenClaw.Gateway.Core.Sessions.Locking;
using OpenClaw.Gateway.Core.Sessions.Store;
using OpenClaw.Gateway.Core.Sessions.Transcripts;

namespace OpenClaw.Gateway.Core.KillTarget;

/// <summary>
/// Appends numbered messages to one transcript and counts in one session entry, each as fast as it can, and prints
/// <c>m &lt;n&gt;</c> and <c>s &lt;n&gt;</c> once a number is on disk. It runs until it is killed, and goes on where the
/// life before ended: <c>KillTarget &lt;state dir&gt;</c>. See <see cref="DeviceWrites"/> for its other task.
/// </summary>
internal static class Program
{
    private const string SessionId = "kill-target";

    private static async Task<int> Main(string[] args)
    {
        if (args is ["devices", var directory, var first])
        {
            await DeviceWrites.RunAsync(directory, int.Parse(first, CultureInfo.InvariantCulture));
            return 0;
        }
        if (args is not [var stateDirectory])
        {
            await Console.Error.WriteLineAsync("usage: KillTarget <state dir> | KillTarget devices <dir> <first number>");
            return 2;
        }
        var settings = new Settings(stateDirectory);
        var locks = new LockFiles(TimeProvider.System, Environment.MachineName);
        await using var stores = new SessionStores(settings, locks, TimeProvider.System, NullLogger<SessionStores>.Instance);
        var transcripts = new TranscriptFiles(locks, TimeProvider.System, NullLogger<TranscriptRepair>.Instance);
        var path = new SessionPaths(settings.Current).TranscriptFile("main", SessionId)!;

        await Task.WhenAll(AppendAsync(transcripts, path), CountAsync(stores));
        return 0;
    }

    private static async Task AppendAsync(TranscriptFiles transcripts, string path)
    {
        using var lease = await transcripts.OpenAsync(new TranscriptOptions(path, SessionId, "/work"), CancellationToken.None);
        var context = await lease.ReadContextAsync(CancellationToken.None);
        for (var n = context.Messages.Count + 1; ; n++)
        {
            // Longer than a page now and then, so that a line may be torn in the middle.
            var text = string.Create(CultureInfo.InvariantCulture, $"{n}:{new string('x', n % 7 == 0 ? 9000 : 40)}");
            await lease.AppendAsync(new MessageEntry(new UserMessage(text, n)), CancellationToken.None);
            Output.Say($"m {n}");
        }
    }

    private static async Task CountAsync(SessionStores stores)
    {
        var key = stores.Rules.MainSession;
        while (true)
        {
            var entry = await stores.UpdateAsync(
                key,
                e => (e ?? SessionEntry.Empty).Edit().Set("sessionId", SessionId).Set("compactionCount", (e?.CompactionCount ?? 0) + 1).Build(),
                CancellationToken.None);
            Output.Say($"s {entry!.CompactionCount!.Value}");
        }
    }

    private sealed class Settings(string stateDirectory) : ISessionSettings
    {
        public SessionSettings Current { get; } = new() { StateDirectory = stateDirectory };
    }
}
