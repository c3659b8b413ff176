using OpenClaw.Gateway.Core.Agents.Messages;
using OpenClaw.Gateway.Core.Sessions.Json;
using OpenClaw.Gateway.Core.Sessions.Keys;
using OpenClaw.Gateway.Core.Sessions.Store;

namespace OpenClaw.Gateway.Core.Sessions.Transcripts;

/// <summary>What <c>chat.history</c> shows of a session.</summary>
/// <param name="SessionId">Null for an unknown session.</param>
/// <param name="Messages">Newest last; clean JSON without white space.</param>
/// <param name="ThinkingLevel">Stored in the session; null means the model's default.</param>
/// <param name="VerboseLevel">Stored in the session; null means the configured default.</param>
internal sealed record SessionHistoryPage(string? SessionId, IReadOnlyList<RawJson> Messages, string? ThinkingLevel, string? VerboseLevel);

/// <summary>A message that the gateway itself added to a history.</summary>
/// <param name="EntryId">Id of its transcript entry, 8 hex digits.</param>
/// <param name="Message">The message as stored.</param>
internal sealed record AddedMessage(string EntryId, AssistantMessage Message);

/// <summary>Reads histories for clients, and adds what the gateway says without a model.</summary>
internal sealed class SessionHistory(ISessionSettings settings, SessionStores stores, TranscriptFiles files, TimeProvider time)
{
    /// <summary>The last messages; an unknown or blank key has none.</summary>
    public async Task<SessionHistoryPage> ReadAsync(string? key, int? limit, CancellationToken cancellationToken)
    {
        var current = settings.Current;
        var session = current.Rules.Canonicalize(key);
        var entry = session is null ? null : await stores.FindAsync(session.Value, cancellationToken).ConfigureAwait(false);
        var path = string.IsNullOrEmpty(entry?.SessionId) ? null : new SessionPaths(current).ExistingTranscript(session!.Value.AgentId, entry);
        var messages = path is null ? [] : await ChatHistory.ReadAsync(path, limit ?? ChatHistory.DefaultLimit, cancellationToken).ConfigureAwait(false);
        return new SessionHistoryPage(entry?.SessionId, messages, entry?.ThinkingLevel, entry?.VerboseLevel);
    }

    /// <summary>
    /// Adds an assistant message in the gateway's name (<c>chat.inject</c>, answers of commands); also while a run holds
    /// the session. Null when the session is unknown.
    /// </summary>
    /// <exception cref="IOException">The transcript cannot be written.</exception>
    public async Task<AddedMessage?> AddAsync(SessionKey session, string text, string? label, string workspaceDir, CancellationToken cancellationToken)
    {
        var entry = await stores.FindAsync(session, cancellationToken).ConfigureAwait(false);
        if (entry?.SessionId is not { Length: > 0 } sessionId || new SessionPaths(settings.Current).TranscriptFile(session.AgentId, entry) is not { } path)
            return null;

        var message = new AssistantMessage([new TextBlock(string.IsNullOrEmpty(label) ? text : $"[{label}]\n\n{text}")], time.GetUtcNow().ToUnixTimeMilliseconds())
        {
            Api = "openai-responses",
            Provider = "openclaw",
            Model = "gateway-injected",
            StopReason = StopReason.Stop,
        };
        using var lease = await files.OpenAsync(new TranscriptOptions(path, sessionId, workspaceDir), cancellationToken).ConfigureAwait(false);
        var id = await lease.AppendAsync(new MessageEntry(message), cancellationToken).ConfigureAwait(false);
        return new AddedMessage(id, message);
    }
}
