using System.Globalization;
using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Core.Sessions.Keys;
using OpenClaw.Gateway.Core.Sessions.Store;
using OpenClaw.Gateway.Protocol.Methods.Sessions;

namespace OpenClaw.Gateway.Core.Sessions.Lifecycle;

/// <summary>Takes a session out of the store; its transcript is renamed, never removed.</summary>
internal sealed partial class SessionDeletion(
    ISessionSettings settings, SessionStores stores, ISessionActivity activity, TimeProvider time, ILogger<SessionDeletion> logger)
{
    /// <summary>How long a run may take to stop before the deletion is refused; the peer's number.</summary>
    public static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(15);

    /// <param name="key">As the client sent it.</param>
    /// <param name="deleteTranscript">Rename the transcript too.</param>
    /// <param name="cancellationToken">Stops the waiting for runs.</param>
    public async Task<SessionOutcome<SessionDeletionResult>> DeleteAsync(string? key, bool deleteTranscript, CancellationToken cancellationToken)
    {
        var current = settings.Current;
        if (current.Rules.Canonicalize(key) is not { } session)
            return SessionError.Invalid("key required");
        if (session == current.Rules.MainSession)
            return SessionError.Invalid($"Cannot delete the main session ({session}).");

        var entry = await stores.FindAsync(session, cancellationToken).ConfigureAwait(false);
        if (!await activity.StopAsync(session, entry?.SessionId, StopLimit, cancellationToken).ConfigureAwait(false))
            return SessionError.Unavailable($"Session {key!.Trim()} is still active; try again in a moment.");

        // The run that just ended may have written the entry once more, so the newest one says which file to rename.
        var removed = await stores.UpdateAsync(
            session.AgentId,
            table =>
            {
                var last = table.Find(session);
                table.Remove(session);
                return last;
            },
            cancellationToken).ConfigureAwait(false);

        var archived = deleteTranscript && removed is not null ? Archive(current, session, removed) : [];
        return new SessionDeletionResult { Key = session.Value, Deleted = removed is not null, Archived = archived };
    }

    private List<string> Archive(SessionSettings current, SessionKey session, SessionEntry entry)
    {
        var archived = new List<string>();
        if (new SessionPaths(current).ExistingTranscript(session.AgentId, entry) is { } path)
        {
            var target = ArchiveName.For(path, "deleted", time.GetUtcNow());
            try
            {
                File.Move(path, target);
                archived.Add(target);
            }
            catch (IOException e)
            {
                // The session is gone already; its transcript under the old name harms nobody.
                LogNotArchived(logger, path, e.Message);
            }
        }
        return archived;
    }

    [LoggerMessage(EventId = 5021, Level = LogLevel.Warning, Message = "Transcript {Path} of a deleted session could not be renamed: {Reason}")]
    private static partial void LogNotArchived(ILogger logger, string path, string reason);
}

/// <summary>Names of transcripts that were put away: <c>&lt;file&gt;.&lt;reason&gt;.&lt;time&gt;</c>.</summary>
internal static class ArchiveName
{
    public static string For(string path, string reason, DateTimeOffset now) =>
        $"{path}.{reason}.{now.UtcDateTime.ToString("yyyy-MM-dd'T'HH-mm-ss.fff'Z'", CultureInfo.InvariantCulture)}";
}
