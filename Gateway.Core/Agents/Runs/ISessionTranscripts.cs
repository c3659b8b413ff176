using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Agents.Messages;

namespace OpenClaw.Gateway.Core.Agents.Runs;

/// <summary>Where runs read and write the history of their session.</summary>
internal interface ISessionTranscripts
{
    /// <summary>
    /// Opens the transcript for one run, which holds it until it is disposed. Fails with <see cref="IOException"/> when it
    /// cannot be read or another process keeps it locked. A new transcript's header names the workspace directory.
    /// </summary>
    /// <param name="session">Whose history.</param>
    /// <param name="workspaceDir">For the header of a new transcript.</param>
    /// <param name="expectedAtMs">Timestamps of the messages that this run or a later one is about: one of these that is the last, from a run that a crash cut short, stays in the conversation.</param>
    /// <param name="cancellationToken">Stops waiting for the lock.</param>
    Task<ISessionTranscript> OpenAsync(SessionAddress session, string workspaceDir, IReadOnlyCollection<long> expectedAtMs, CancellationToken cancellationToken);

    /// <summary>Notes in the session's entry how the run ended: model, token counts, time.</summary>
    Task RecordRunAsync(SessionAddress session, RunResult result, CancellationToken cancellationToken);
}

/// <summary>The open history of a session. Appends are durable when they return.</summary>
internal interface ISessionTranscript : IAsyncDisposable
{
    /// <summary>The messages the model should see, oldest first: the current branch, with what was compacted as its summary.</summary>
    IReadOnlyList<AgentMessage> Context { get; }

    /// <summary>The model of the last <c>model_change</c> entry, as provider and model id.</summary>
    (string Provider, string ModelId)? LastModel { get; }

    Task AppendMessageAsync(AgentMessage message, CancellationToken cancellationToken);

    /// <summary>The marks of the runs that begin and the message that they are about, in one write.</summary>
    /// <param name="runIds">See <see cref="RunMark"/>.</param>
    /// <param name="message">Null when the transcript has it already.</param>
    /// <param name="cancellationToken">Stops waiting for an earlier write.</param>
    Task AppendBeginAsync(IReadOnlyList<string> runIds, AgentMessage? message, CancellationToken cancellationToken);

    /// <summary>The model that answers from here on, for the reader of the transcript and (<paramref name="snapshot"/>) for programs.</summary>
    Task AppendModelChangeAsync(string provider, string modelId, JsonObject snapshot, CancellationToken cancellationToken);
}
