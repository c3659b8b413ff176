using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Agents.Messages;
using OpenClaw.Gateway.Core.Agents.Runs;

namespace OpenClaw.Gateway.Core.Tests.Agents;

/// <summary>Transcripts that live as long as the test.</summary>
internal sealed class MemoryTranscripts : ISessionTranscripts
{
    private readonly ConcurrentDictionary<string, Transcript> _sessions = new();

    public ConcurrentQueue<(SessionAddress Session, RunResult Result, int ContextTokens)> Recorded { get; } = new();

    /// <summary>How a run ended is noted when this completes.</summary>
    public Task HoldsRecords { get; set; } = Task.CompletedTask;

    /// <summary>Thrown when a transcript is opened.</summary>
    public Exception? OpenFault { get; set; }

    public IReadOnlyList<AgentMessage> Messages(string session = "main") => Of(session).Messages;

    public IReadOnlyList<string> Entries(string session = "main") => Of(session).Entries;

    public Task<ISessionTranscript> OpenAsync(SessionAddress session, string workspaceDir, IReadOnlyCollection<long> expectedAtMs, CancellationToken cancellationToken)
    {
        if (OpenFault is { } fault)
            throw fault;
        return Task.FromResult<ISessionTranscript>(_sessions.GetOrAdd(session.SessionKey, static _ => new Transcript()));
    }

    public async Task RecordRunAsync(SessionAddress session, RunResult result, CancellationToken cancellationToken)
    {
        await HoldsRecords;
        Recorded.Enqueue((session, result, result.ContextWindow));
    }

    private Transcript Of(string session) => _sessions.GetOrAdd($"agent:main:{session}", static _ => new Transcript());

    private sealed class Transcript : ISessionTranscript
    {
        private readonly List<AgentMessage> _messages = [];
        private readonly List<string> _entries = [];

        public IReadOnlyList<AgentMessage> Messages
        {
            get
            {
                lock (_messages)
                    return [.. _messages];
            }
        }

        public IReadOnlyList<string> Entries
        {
            get
            {
                lock (_messages)
                    return [.. _entries];
            }
        }

        public IReadOnlyList<AgentMessage> Context => Messages;

        public (string Provider, string ModelId)? LastModel { get; private set; }

        public Task AppendMessageAsync(AgentMessage message, CancellationToken cancellationToken)
        {
            lock (_messages)
            {
                _messages.Add(message);
                _entries.Add(message.GetType().Name);
            }
            return Task.CompletedTask;
        }

        public async Task AppendBeginAsync(IReadOnlyList<string> runIds, AgentMessage? message, CancellationToken cancellationToken)
        {
            foreach (var _ in runIds)
                await AddEntry($"custom {RunMark.CustomType}");
            if (message is not null)
                await AppendMessageAsync(message, cancellationToken);
        }

        public async Task AppendModelChangeAsync(string provider, string modelId, JsonObject snapshot, CancellationToken cancellationToken)
        {
            LastModel = (provider, modelId);
            await AddEntry($"model_change {provider}/{modelId}");
            await AddEntry("custom model-snapshot");
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private Task AddEntry(string entry)
        {
            lock (_messages)
                _entries.Add(entry);
            return Task.CompletedTask;
        }
    }
}
