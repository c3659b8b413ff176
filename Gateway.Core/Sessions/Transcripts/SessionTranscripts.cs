using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Agents.Messages;
using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Gateway.Core.Sessions.Json;
using OpenClaw.Gateway.Core.Sessions.Keys;
using OpenClaw.Gateway.Core.Sessions.Store;
using OpenClaw.Gateway.Protocol.Json;

namespace OpenClaw.Gateway.Core.Sessions.Transcripts;

/// <summary>The histories of sessions, for agent runs.</summary>
internal sealed class SessionTranscripts(ISessionSettings settings, SessionStores stores, TranscriptFiles files, TimeProvider time) : ISessionTranscripts
{
    /// <inheritdoc/>
    public Task<ISessionTranscript> OpenAsync(SessionAddress session, string workspaceDir, IReadOnlyCollection<long> expectedAtMs, CancellationToken cancellationToken) =>
        OpenAsync(session, workspaceDir, expectedAtMs, fence: null, cancellationToken);

    /// <summary>The same for a process that owns the session by a lease with this number.</summary>
    public async Task<ISessionTranscript> OpenAsync(SessionAddress session, string workspaceDir, IReadOnlyCollection<long> expectedAtMs, long? fence, CancellationToken cancellationToken)
    {
        var path = await PathOfAsync(session, cancellationToken).ConfigureAwait(false)
            ?? throw new IOException($"The session id \"{session.SessionId}\" is not a valid file name.");
        var lease = await files.OpenAsync(new TranscriptOptions(path, session.SessionId, workspaceDir) { Fence = fence }, cancellationToken).ConfigureAwait(false);
        try
        {
            await LeaveUnansweredAsync(lease, expectedAtMs, cancellationToken).ConfigureAwait(false);
            return new SessionTranscript(lease, await lease.ReadContextAsync(cancellationToken).ConfigureAwait(false));
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    /// <remarks>A session that was reset while the run was under way is left alone: the numbers are not about its new transcript.</remarks>
    public Task RecordRunAsync(SessionAddress session, RunResult result, CancellationToken cancellationToken) =>
        stores.UpdateAsync(
            KeyOf(session),
            entry =>
            {
                if (entry?.SessionId is { } current && current != session.SessionId)
                    return null;
                var editor = (entry ?? SessionEntry.Empty).Edit()
                    .Set(SessionFields.SessionId, session.SessionId)
                    .Touch(time.GetUtcNow())
                    .Set(SessionFields.SystemSent, true)
                    .Set(SessionFields.AbortedLastRun, result.Aborted);
                if (result.Model is not null)
                {
                    editor.Set(SessionFields.ModelProvider, result.Provider)
                        .Set(SessionFields.Model, result.Model)
                        .Set(SessionFields.ContextTokens, result.ContextWindow);
                }
                if (result.PromptReport is { } report)
                    editor.Set(SessionFields.SystemPromptReport, RawJson.From(report, ProtocolJson.Context.SystemPromptReport));
                if (result.LastCallUsage.Prompt > 0)
                {
                    editor.Set(SessionFields.InputTokens, result.Usage.Input)
                        .Set(SessionFields.OutputTokens, result.Usage.Output)
                        .Set(SessionFields.TotalTokens, result.ContextWindow > 0 ? Math.Min(result.LastCallUsage.Prompt, result.ContextWindow) : result.LastCallUsage.Prompt);
                }
                return editor.Build();
            },
            cancellationToken);

    private async ValueTask<string?> PathOfAsync(SessionAddress session, CancellationToken cancellationToken)
    {
        var paths = new SessionPaths(settings.Current);
        var entry = await stores.FindAsync(KeyOf(session), cancellationToken).ConfigureAwait(false);
        return entry?.SessionId == session.SessionId ? paths.TranscriptFile(session.AgentId, entry!) : paths.TranscriptFile(session.AgentId, session.SessionId);
    }

    private SessionKey KeyOf(SessionAddress session) =>
        stores.Rules.CanonicalizeStored(session.SessionKey, session.AgentId) ?? throw new ArgumentException("The session key is empty.", nameof(session));

    /// <summary>
    /// A user message that nobody answered, because the run was stopped or the process died, stays in the file but not in
    /// the conversation: the next message takes its place.
    /// </summary>
    private static async Task LeaveUnansweredAsync(TranscriptLease lease, IReadOnlyCollection<long> expectedAtMs, CancellationToken cancellationToken)
    {
        if (lease.File.LeafId is not { } leaf || lease.File.Index.Find(leaf) is not { Kind: TranscriptEntryKind.Message } last)
            return;
        var message = await TranscriptContextReader.ReadMessageAsync(lease.File.Path, last, cancellationToken).ConfigureAwait(false);
        if (message is UserMessage && !expectedAtMs.Contains(message.TimestampMs))
            lease.File.BranchAt(last.ParentId is { } parent && lease.File.Index.Contains(parent) ? parent : null);
    }

    private sealed class SessionTranscript(TranscriptLease lease, TranscriptContext context) : ISessionTranscript
    {
        public IReadOnlyList<AgentMessage> Context => context.Messages;

        public (string Provider, string ModelId)? LastModel => context.LastModel;

        public Task AppendMessageAsync(AgentMessage message, CancellationToken cancellationToken) =>
            lease.AppendAsync(new MessageEntry(message), cancellationToken);

        public Task AppendBeginAsync(IReadOnlyList<string> runIds, AgentMessage? message, CancellationToken cancellationToken)
        {
            var marks = runIds.Select(static TranscriptEntry (id) => new CustomEntry(RunMark.CustomType, RunMark.Data(id)));
            return lease.AppendAsync(message is null ? [.. marks] : [.. marks, new MessageEntry(message)], cancellationToken);
        }

        public Task AppendModelChangeAsync(string provider, string modelId, JsonObject snapshot, CancellationToken cancellationToken) =>
            lease.AppendAsync([new ModelChangeEntry(provider, modelId), new CustomEntry("model-snapshot", snapshot)], cancellationToken);

        public ValueTask DisposeAsync()
        {
            lease.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
