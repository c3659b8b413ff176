using System.Text;
using System.Text.Json;
using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Gateway.Core.Health;
using OpenClaw.Gateway.Core.Idempotency;
using OpenClaw.Gateway.Core.Sessions;
using OpenClaw.Gateway.Core.Sessions.Keys;
using OpenClaw.Gateway.Core.Sessions.Store;

namespace OpenClaw.Gateway.Core.Ingress;

/// <summary>
/// Recognises a message that this gateway worked on before it was restarted: every run leaves its id in the transcript. Without
/// this a client that repeats a message after a restart, because the answer did not reach it, would have it answered twice.
/// </summary>
internal sealed class EarlierRuns(ISessionSettings settings, SessionStores stores, RunRegistry runs, ProcessClock clock)
{
    /// <summary>How much of a transcript's end is looked at: a repeat comes soon after the first try.</summary>
    private const int TailBytes = 512 * 1024;

    /// <summary>True when a run of this id is active, a message of this id waits for one, or it has left its mark in the session's transcript.</summary>
    public async ValueTask<bool> KnowsAsync(SessionKey key, string runId, CancellationToken cancellationToken)
    {
        if (runs.Find(runId) is not null || runs.FindAbsorbed(runId) is not null)
            return true;
        // Later the cache of answers covers all that is remembered anyway.
        if (clock.UptimeMs > IdempotencyCache.Lifetime.TotalMilliseconds)
            return false;
        return await CountStartsAsync(key, runId, cancellationToken).ConfigureAwait(false) > 0;
    }

    /// <summary>How often a run of this id has begun, as far as the end of the transcript tells.</summary>
    public async ValueTask<int> CountStartsAsync(SessionKey key, string runId, CancellationToken cancellationToken)
    {
        if (await PathOfAsync(key, cancellationToken).ConfigureAwait(false) is not { } path)
            return 0;
        var mark = Encoding.UTF8.GetBytes($"\"{RunMark.IdProperty}\":\"{JsonEncodedText.Encode(runId, Protocol.Json.ProtocolJson.Encoder)}\"");
        return (await ReadTailAsync(path, cancellationToken).ConfigureAwait(false)).AsSpan().Count(mark);
    }

    /// <summary>Why the run of this id failed, as far as the end of the transcript tells; null when it did not, or is not there.</summary>
    public async ValueTask<string?> FailureOfAsync(SessionKey key, string runId, CancellationToken cancellationToken) =>
        await PathOfAsync(key, cancellationToken).ConfigureAwait(false) is { } path
            ? EarlierFailure.Find(await ReadTailAsync(path, cancellationToken).ConfigureAwait(false), runId)
            : null;

    private async ValueTask<string?> PathOfAsync(SessionKey key, CancellationToken cancellationToken)
    {
        var entry = await stores.FindAsync(key, cancellationToken).ConfigureAwait(false);
        return entry is not null && new SessionPaths(settings.Current).TranscriptFile(key.AgentId, entry) is { } path && File.Exists(path) ? path : null;
    }

    private static async Task<byte[]> ReadTailAsync(string path, CancellationToken cancellationToken)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        await using (file.ConfigureAwait(false))
        {
            file.Seek(-Math.Min(TailBytes, file.Length), SeekOrigin.End);
            var tail = new byte[file.Length - file.Position];
            var read = await file.ReadAtLeastAsync(tail, tail.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            return tail[..read];
        }
    }
}
