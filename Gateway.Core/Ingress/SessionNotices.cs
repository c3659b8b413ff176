using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Agents.Messages;
using OpenClaw.Gateway.Core.Agents.Options;
using OpenClaw.Gateway.Core.Agents.Prompt;
using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Gateway.Core.Sessions;
using OpenClaw.Gateway.Core.Sessions.Store;
using OpenClaw.Gateway.Core.Sessions.Transcripts;
using OpenClaw.Gateway.Protocol.Events;

namespace OpenClaw.Gateway.Core.Ingress;

/// <summary>Answers a message in the gateway's own name: a note in the transcript, and the message's last event.</summary>
internal sealed class SessionNotices(
    ISessionSettings settings, SessionStores stores, TranscriptFiles transcripts, AgentWorkspace workspace, IAgentConfiguration configuration,
    RunEventBroadcaster events, TimeProvider time)
{
    /// <summary>Puts the answer into the transcript, also while a run of the session is at work, and tells the clients.</summary>
    /// <param name="message">What is answered.</param>
    /// <param name="text">The answer.</param>
    /// <param name="isNoted">It is in the transcript already.</param>
    /// <param name="cancellationToken">Stops waiting for another process that uses the transcript.</param>
    /// <exception cref="IOException">The transcript cannot be written.</exception>
    public async Task AnswerAsync(AcceptedMessage message, string text, bool isNoted, CancellationToken cancellationToken)
    {
        var note = AssistantMessage.Inject(text, time.GetUtcNow().ToUnixTimeMilliseconds());
        if (!isNoted)
            await AppendAsync(message, RunMark.Data(message.RunId), note, cancellationToken).ConfigureAwait(false);
        events.Send(new ChatEvent
        {
            RunId = message.RunId,
            SessionKey = message.EventSessionKey ?? message.SessionKey,
            Seq = 1,
            State = "final",
            Message = Show(note),
        });
    }

    /// <summary>Says in the transcript that the message is given up: who was not connected then must see it too.</summary>
    /// <param name="message">What is not answered.</param>
    /// <param name="error">Why.</param>
    /// <param name="cancellationToken">Stops waiting for another process that uses the transcript.</param>
    /// <exception cref="IOException">The transcript cannot be written.</exception>
    public Task GiveUpAsync(AcceptedMessage message, string error, CancellationToken cancellationToken) =>
        AppendAsync(message, RunMark.Data(message.RunId, error), AssistantMessage.Inject(error, time.GetUtcNow().ToUnixTimeMilliseconds()), cancellationToken);

    private async Task AppendAsync(AcceptedMessage message, JsonObject mark, AssistantMessage note, CancellationToken cancellationToken)
    {
        var paths = new SessionPaths(settings.Current);
        var entry = stores.Rules.CanonicalizeStored(message.SessionKey, message.AgentId) is { } key ? await stores.FindAsync(key, cancellationToken).ConfigureAwait(false) : null;
        var path = (entry?.SessionId == message.SessionId ? paths.TranscriptFile(message.AgentId, entry) : paths.TranscriptFile(message.AgentId, message.SessionId))
            ?? throw new IOException("The session id is not a valid file name.");
        var directory = workspace.DirectoryOf(AgentOptions.From(configuration.Root, message.AgentId));
        using var lease = await transcripts.OpenAsync(new TranscriptOptions(path, message.SessionId, directory), cancellationToken).ConfigureAwait(false);
        // The mark first: a note that a crash kept from being written is less of a loss than one that is there twice.
        await lease.AppendAsync(new CustomEntry(RunMark.CustomType, mark), CancellationToken.None).ConfigureAwait(false);
        await lease.AppendAsync(new MessageEntry(note), CancellationToken.None).ConfigureAwait(false);
    }

    private static JsonElement Show(AssistantMessage note)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
            MessageWriter.Write(writer, note);
        var reader = new Utf8JsonReader(buffer.WrittenSpan);
        return JsonElement.ParseValue(ref reader);
    }
}
