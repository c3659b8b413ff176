using OpenClaw.Gateway.Core.Sessions.Keys;
using OpenClaw.Gateway.Core.Sessions.Store;
using OpenClaw.Gateway.Core.Sessions.Transcripts;
using OpenClaw.Gateway.Core.Storage;
using OpenClaw.Gateway.Protocol.Methods.Sessions;

namespace OpenClaw.Gateway.Core.Sessions.Lifecycle;

/// <summary>
/// Shortens a transcript to its last lines, without a model. The header is always one of them: without it the peer, and
/// early versions of this file format, take the file for an empty one.
/// </summary>
internal sealed class SessionCompaction(ISessionSettings settings, SessionStores stores, TranscriptFiles transcripts, TimeProvider time)
{
    /// <summary>Lines kept when a client names no number.</summary>
    public const int DefaultMaxLines = 400;

    public async Task<SessionOutcome<SessionCompactionResult>> CompactAsync(string? key, long maxLines, CancellationToken cancellationToken)
    {
        var current = settings.Current;
        if (current.Rules.Canonicalize(key) is not { } session)
            return SessionError.Invalid("key required");
        var result = new SessionCompactionResult { Key = session.Value, Compacted = false };

        var entry = await stores.FindAsync(session, cancellationToken).ConfigureAwait(false);
        if (string.IsNullOrEmpty(entry?.SessionId))
            return result with { Reason = "no sessionId" };
        if (new SessionPaths(current).ExistingTranscript(session.AgentId, entry) is not { } path)
            return result with { Reason = "no transcript" };

        var options = new TranscriptOptions(path, entry.SessionId, current.StateDirectory);
        using var lease = await transcripts.OpenAsync(options, cancellationToken).ConfigureAwait(false);
        result = await lease.File.ReplaceAsync(() => ShortenAsync(result, lease.File, Math.Max(1, maxLines), cancellationToken)).ConfigureAwait(false);
        if (result.Compacted)
            await ForgetTokensAsync(session, cancellationToken).ConfigureAwait(false);
        return result;
    }

    private async Task<SessionCompactionResult> ShortenAsync(SessionCompactionResult result, TranscriptFile transcript, long maxLines, CancellationToken cancellationToken)
    {
        var path = transcript.Path;
        using var source = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var keep = Math.Max(1, maxLines - 1);
        var (start, total) = await LastLinesAsync(source, keep, cancellationToken).ConfigureAwait(false);
        if (total <= maxLines || transcript.Index.HeaderPlace is not { } header || start <= header.Length)
            return result with { Kept = total };

        var archived = ArchiveName.For(path, "bak", time.GetUtcNow());
        FileLink.Keep(path, archived);
        await AtomicFile.WriteAsync(
            path,
            async (output, token) =>
            {
                using var input = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                var line = new byte[header.Length + 1];
                await input.ReadExactlyAsync(line, token).ConfigureAwait(false);
                await output.WriteAsync(line, token).ConfigureAwait(false);
                input.Position = start;
                await input.CopyToAsync(output, token).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
        return result with { Compacted = true, Archived = archived, Kept = keep + 1 };
    }

    /// <summary>Where the last <paramref name="keep"/> lines begin, and how many lines there are.</summary>
    private static async Task<(long Start, long Total)> LastLinesAsync(Microsoft.Win32.SafeHandles.SafeFileHandle file, long keep, CancellationToken cancellationToken)
    {
        var starts = new Queue<long>();
        var total = 0L;
        using var lines = new LineReader(file);
        while (await lines.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (lines.Line.Span.Trim(" \t\r"u8).IsEmpty && !lines.IsTooLong)
                continue;
            total++;
            starts.Enqueue(lines.Offset);
            if (starts.Count > keep)
                starts.Dequeue();
        }
        return (starts.TryPeek(out var start) ? start : 0, total);
    }

    private Task ForgetTokensAsync(SessionKey session, CancellationToken cancellationToken) =>
        stores.UpdateAsync(
            session,
            entry => entry?.Edit()
                .Remove(SessionFields.InputTokens, SessionFields.OutputTokens, SessionFields.TotalTokens)
                .Touch(time.GetUtcNow())
                .Build(),
            cancellationToken);
}
