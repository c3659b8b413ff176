using System.Text.Json;
using OpenClaw.Channels.Abstractions;
using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Channels.Abstractions.Outbox;
using OpenClaw.Gateway.Bus;
using OpenClaw.Gateway.Bus.Queues;

namespace OpenClaw.Gateway.Core.Channels.Outbox;

/// <summary>A message that was not delivered and is kept for a person to decide about.</summary>
/// <param name="Queue">Its queue.</param>
/// <param name="LetterId">Its id in the queue.</param>
/// <param name="Message">What was to be sent.</param>
/// <param name="Record">What is known of it from the queue alone, which outlives the notes.</param>
internal sealed record OutboxLetter(string Queue, string LetterId, OutboundMessage Message, OutboxRecord Record);

/// <summary>The messages to send that were set aside, of all channels.</summary>
internal sealed class OutboxLetters(IBus bus)
{
    private const string QueuePrefix = "outbound.";
    private const int PageSize = 1000;

    /// <summary>The queues of messages to send.</summary>
    /// <exception cref="BusUnavailableException">The bus cannot be reached.</exception>
    public async Task<IReadOnlyList<string>> QueuesAsync(CancellationToken cancellationToken) =>
        [.. (await bus.Queues.ListQueuesAsync(cancellationToken).ConfigureAwait(false)).Where(static queue => queue.StartsWith(QueuePrefix, StringComparison.Ordinal))];

    /// <summary>All of them.</summary>
    /// <exception cref="BusUnavailableException">The bus cannot be reached.</exception>
    public async Task<IReadOnlyList<OutboxLetter>> ListAsync(CancellationToken cancellationToken)
    {
        var letters = new List<OutboxLetter>();
        foreach (var queue in await QueuesAsync(cancellationToken).ConfigureAwait(false))
        {
            string? after = null;
            while (await bus.Queues.ListDeadLettersAsync(queue, PageSize, after, cancellationToken).ConfigureAwait(false) is { Count: > 0 } page)
            {
                letters.AddRange(page.Select(letter => Read(queue, letter)).OfType<OutboxLetter>());
                after = page[^1].Id;
            }
        }
        return letters;
    }

    /// <summary>One of them; null when it is not there.</summary>
    /// <exception cref="BusUnavailableException">The bus cannot be reached.</exception>
    public async Task<OutboxLetter?> FindAsync(string id, CancellationToken cancellationToken) =>
        (await ListAsync(cancellationToken).ConfigureAwait(false)).FirstOrDefault(letter => letter.Message.Id == id);

    /// <summary>Forgets one for good.</summary>
    /// <exception cref="BusUnavailableException">The bus cannot be reached.</exception>
    public ValueTask<bool> ForgetAsync(OutboxLetter letter, CancellationToken cancellationToken) =>
        bus.Queues.DropDeadLetterAsync(letter.Queue, letter.LetterId, cancellationToken);

    private static OutboxLetter? Read(string queue, DeadLetter letter)
    {
        try
        {
            if (JsonSerializer.Deserialize(letter.Payload.Span, ChannelJsonContext.Default.OutboundMessage) is not { } message)
                return null;
            var isAmbiguous = letter.Reason.StartsWith(OutboxReasons.Ambiguous, StringComparison.Ordinal);
            var record = OutboxRecord.Of(message, isAmbiguous ? OutboxState.Ambiguous : OutboxState.Failed, letter.SetAsideAt.ToUnixTimeMilliseconds()) with
            {
                Attempts = letter.Attempts,
                IsSetAside = true,
                IsTooLate = !isAmbiguous && letter.Reason.StartsWith(OutboxReasons.Expired, StringComparison.Ordinal),
                Error = isAmbiguous ? letter.Reason[OutboxReasons.Ambiguous.Length..] : letter.Reason,
                MayBeDouble = isAmbiguous,
            };
            return new OutboxLetter(queue, letter.Id, message, record);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
