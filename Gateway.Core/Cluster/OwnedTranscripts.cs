using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Agents.Messages;
using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Gateway.Core.Sessions.Transcripts;

namespace OpenClaw.Gateway.Core.Cluster;

/// <summary>The histories of sessions that this core owns: a run whose session went to another core cannot write any more.</summary>
internal sealed class OwnedTranscripts(SessionTranscripts transcripts, SessionLeases leases) : ISessionTranscripts
{
    public async Task<ISessionTranscript> OpenAsync(SessionAddress session, string workspaceDir, IReadOnlyCollection<long> expectedAtMs, CancellationToken cancellationToken)
    {
        var fence = await leases.EnsureAsync(session.SessionKey, cancellationToken).ConfigureAwait(false);
        return new OwnedTranscript(await transcripts.OpenAsync(session, workspaceDir, expectedAtMs, fence, cancellationToken).ConfigureAwait(false), session.SessionKey, leases);
    }

    public async Task RecordRunAsync(SessionAddress session, RunResult result, CancellationToken cancellationToken)
    {
        await leases.EnsureAsync(session.SessionKey, cancellationToken).ConfigureAwait(false);
        await transcripts.RecordRunAsync(session, result, cancellationToken).ConfigureAwait(false);
    }

    private sealed class OwnedTranscript(ISessionTranscript transcript, string sessionKey, SessionLeases leases) : ISessionTranscript
    {
        public IReadOnlyList<AgentMessage> Context => transcript.Context;

        public (string Provider, string ModelId)? LastModel => transcript.LastModel;

        public async Task AppendMessageAsync(AgentMessage message, CancellationToken cancellationToken)
        {
            await leases.EnsureAsync(sessionKey, cancellationToken).ConfigureAwait(false);
            await transcript.AppendMessageAsync(message, cancellationToken).ConfigureAwait(false);
        }

        public async Task AppendBeginAsync(IReadOnlyList<string> runIds, AgentMessage? message, CancellationToken cancellationToken)
        {
            await leases.EnsureAsync(sessionKey, cancellationToken).ConfigureAwait(false);
            await transcript.AppendBeginAsync(runIds, message, cancellationToken).ConfigureAwait(false);
        }

        public async Task AppendModelChangeAsync(string provider, string modelId, JsonObject snapshot, CancellationToken cancellationToken)
        {
            await leases.EnsureAsync(sessionKey, cancellationToken).ConfigureAwait(false);
            await transcript.AppendModelChangeAsync(provider, modelId, snapshot, cancellationToken).ConfigureAwait(false);
        }

        public ValueTask DisposeAsync() => transcript.DisposeAsync();
    }
}
