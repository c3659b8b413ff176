using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Channels.Abstractions.Outbox;
using OpenClaw.Channels.Abstractions.Status;
using OpenClaw.Gateway.Bus;
using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Configuration.Options;
using OpenClaw.Gateway.Core.Ingress;

namespace OpenClaw.Gateway.Core.Channels.Replies;

/// <summary>
/// Makes messages of what a run answered and puts them into the outbox, before the run's message is done with. Each has a name that follows from the
/// answer itself, so that it is stored once although the work on its message may be repeated after a crash.
/// </summary>
internal sealed partial class ReplyDelivery(
    OutboxWriter outbox, ChannelDirectory directory, ReplyMedia media, ConfigStore configuration, TimeProvider time, ILogger<ReplyDelivery> logger)
{
    private const string TimedOut = "The answer took too long, so the work on it was stopped. Please try again.";

    private const string NoAnswer = "The work on this failed. The gateway's log says why.";

    private const string EmptyAnswer = "The model gave an empty answer. Please try again, or ask in other words.";

    /// <summary>Stores the answers of a run. False when they could not all be stored: then the same has to be called again later.</summary>
    public async Task<bool> DeliverAsync(AcceptedMessage message, RunResult result, CancellationToken cancellationToken)
    {
        if (message.Reply is not { } route || result.GaveWay)
            return true;
        try
        {
            return await DeliverAsync(message, route, result, cancellationToken).ConfigureAwait(false);
        }
        catch (BusUnavailableException e)
        {
            LogNotStored(logger, message.RunId, e.Message);
            return false;
        }
    }

    /// <summary>Stores one text, such as the answer to a command. False when it could not be stored now.</summary>
    /// <param name="route">Where it goes.</param>
    /// <param name="id">Names it: the same text of the same id is sent once.</param>
    /// <param name="text">Markdown.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<bool> SendTextAsync(ReplyRoute route, string id, string text, CancellationToken cancellationToken) => SendTextAsync(route, id, text, [], cancellationToken);

    /// <summary>Stores one text with buttons below it. False when it could not be stored now.</summary>
    /// <param name="route">Where it goes.</param>
    /// <param name="id">Names it, as above.</param>
    /// <param name="text">Markdown.</param>
    /// <param name="buttons">Rows of buttons.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<bool> SendTextAsync(ReplyRoute route, string id, string text, IReadOnlyList<IReadOnlyList<OutboundButton>> buttons, CancellationToken cancellationToken)
    {
        try
        {
            var channel = await DescriptionOfAsync(route, cancellationToken).ConfigureAwait(false);
            var messages = TextsOf(route, channel, NameOf(route, id), text, null).ToList();
            if (messages.Count > 0)
                messages[^1] = messages[^1] with { Buttons = buttons };
            return await StoreAsync(messages, cancellationToken).ConfigureAwait(false);
        }
        catch (BusUnavailableException e)
        {
            LogNotStored(logger, id, e.Message);
            return false;
        }
    }

    private async Task<bool> DeliverAsync(AcceptedMessage message, ReplyRoute route, RunResult result, CancellationToken cancellationToken)
    {
        var channel = await DescriptionOfAsync(route, cancellationToken).ConfigureAwait(false);
        var messages = new List<OutboundMessage>();
        var payloads = result.Payloads;
        if (payloads.Count == 0 && ErrorOf(result, route) is { } error)
            payloads = [new ReplyPayload(error, []) { Key = "error:" + message.RunId }];
        for (var i = 0; i < payloads.Count; i++)
        {
            var payload = payloads[i];
            var name = NameOf(route, payload.Key is { } key ? $"{message.SessionId}:{key}" : $"{message.RunId}:{i}");
            var replyTo = ReplyToOf(route, payload, isFirst: i == 0);
            messages.AddRange(await MessagesOfAsync(message, route, channel, payload, name, replyTo, cancellationToken).ConfigureAwait(false));
        }
        return await StoreAsync([.. messages.Select(each => each with { RunId = message.RunId, SessionKey = message.SessionKey })], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What the user is told of a run that has nothing to say for itself; null for one that was stopped or chose to be silent.</summary>
    private static string? ErrorOf(RunResult result, ReplyRoute route) =>
        result.Status is RunStatus.Failed ? result.Error ?? NoAnswer
        : result.AbortReason is RunAbortReason.Timeout ? TimedOut
        // Who waits for an answer is not left wondering. In a group where nobody asked, silence needs no words.
        : result is { Status: RunStatus.Ok, ChoseSilence: false, Model: not null, ClientCalls.Count: 0 } && !route.IsUnasked ? EmptyAnswer
        : null;

    private async Task<List<OutboundMessage>> MessagesOfAsync(
        AcceptedMessage message, ReplyRoute route, ChannelDescription channel, ReplyPayload payload, string name, string? replyTo, CancellationToken cancellationToken)
    {
        var text = payload.Text ?? "";
        var result = new List<OutboundMessage>();
        for (var i = 0; i < payload.MediaUrls.Count; i++)
        {
            var (loaded, problem) = await media.LoadAsync(payload.MediaUrls[i], message.AgentId, route.Channel, payload.AudioAsVoice, cancellationToken).ConfigureAwait(false);
            if (loaded is null)
            {
                text = $"{text}\n⚠️ Media failed: {problem}".TrimStart('\n');
                continue;
            }
            var caption = result.Count == 0 && text.Length <= channel.MaxCaptionLength ? text : "";
            if (caption.Length > 0)
                text = "";
            result.Add(New(route, $"{name}-m{i}", replyTo) with { Text = caption, Media = loaded });
        }
        result.AddRange(TextsOf(route, channel, name, text, result.Count == 0 ? replyTo : null));
        return result;
    }

    private IEnumerable<OutboundMessage> TextsOf(ReplyRoute route, ChannelDescription channel, string name, string text, string? replyTo)
    {
        if (text.Trim().Length == 0)
            return [];
        var section = SectionOf(route);
        var limit = section.Int("textChunkLimit") is > 0 and var own ? (int)Math.Min(own, channel.MaxTextLength) : channel.MaxTextLength;
        var mode = section.Text("chunkMode") is "newline" ? ChunkMode.Newline : ChunkMode.Length;
        return TextChunks.Of(text, limit, mode).Select((chunk, i) => New(route, $"{name}-{i}", i == 0 ? replyTo : null) with { Text = chunk });
    }

    private OutboundMessage New(ReplyRoute route, string id, string? replyTo) => new()
    {
        Id = id,
        Channel = route.Channel,
        AccountId = route.AccountId,
        To = route.To,
        ThreadId = route.ThreadId,
        ReplyToId = replyTo,
        CreatedAtMs = time.GetUtcNow().ToUnixTimeMilliseconds(),
    };

    private async Task<bool> StoreAsync(IEnumerable<OutboundMessage> messages, CancellationToken cancellationToken)
    {
        foreach (var message in messages)
        {
            var stored = await outbox.AppendAsync(message, OutboxWriter.ReplyTimeToLive, cancellationToken).ConfigureAwait(false);
            if (stored.IsAccepted)
                continue;
            LogNotStored(logger, message.Id, stored.Error ?? stored.Outcome.ToString());
            // It would not fit at the next attempt either.
            if (stored.Outcome is not Bus.Queues.AppendOutcome.TooLarge)
                return false;
        }
        return true;
    }

    private string? ReplyToOf(ReplyRoute route, ReplyPayload payload, bool isFirst)
    {
        var mode = SectionOf(route).Text("replyToMode") ?? "first";
        if (mode == "off")
            return null;
        var asked = payload.ReplyToId == ReplyPayload.CurrentMessage ? route.MessageId : payload.ReplyToId;
        return mode == "all" ? asked ?? route.MessageId : isFirst ? asked : null;
    }

    private async ValueTask<ChannelDescription> DescriptionOfAsync(ReplyRoute route, CancellationToken cancellationToken) =>
        await directory.FindAsync(route.Channel, cancellationToken).ConfigureAwait(false) ?? new ChannelDescription(route.Channel, route.Channel);

    private ConfigSection SectionOf(ReplyRoute route) => ChannelSection.Of(configuration.Current, route.Channel, route.AccountId);

    private static string NameOf(ReplyRoute route, string key) =>
        "r-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{route.Place}\n{key}")).AsSpan(0, 16));

    [LoggerMessage(8101, LogLevel.Error, "The answer to message {RunId} could not be stored for its channel and is tried again: {Reason}")]
    private static partial void LogNotStored(ILogger logger, string runId, string reason);
}
