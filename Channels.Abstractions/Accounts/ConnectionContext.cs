using OpenClaw.Channels.Abstractions.Media;
using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Channels.Abstractions.Status;
using OpenClaw.Gateway.Bus;
using OpenClaw.Gateway.Bus.Queues;

namespace OpenClaw.Channels.Abstractions.Accounts;

/// <summary>What a connection has to do with the rest of the gateway.</summary>
public sealed class ConnectionContext
{
    private readonly IBus _bus;
    private readonly Func<bool> _isOwner;
    private readonly Action<Func<AccountStatus, AccountStatus>> _report;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal ConnectionContext(IBus bus, TimeProvider time, Func<bool> isOwner, Action<Func<AccountStatus, AccountStatus>> report)
    {
        _bus = bus;
        Time = time;
        _isOwner = isOwner;
        _report = report;
    }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; }

    /// <summary>
    /// Whether this process owns the account at this moment. What goes to the provider and cannot be taken back is asked about right before: a process
    /// that was paused and overtaken must not speak late.
    /// </summary>
    public bool IsOwner => _isOwner();

    /// <summary>Messages can be sent from now on.</summary>
    public void Ready()
    {
        var now = Time.GetUtcNow().ToUnixTimeMilliseconds();
        Report(status => status with { Connected = true, LastConnectedAt = now, LastActivityAt = now, ReconnectAttempts = 0, LastError = null, NextAttemptAt = null });
        _ready.TrySetResult();
    }

    /// <summary>Changes what is told of the account.</summary>
    /// <param name="change">Makes the new status of the old one; may run more than once.</param>
    public void Report(Func<AccountStatus, AccountStatus> change) => _report(change);

    /// <summary>
    /// Stores what came in. When this says so it will be worked on once, whatever happens to any process; only then may the provider be told to
    /// forget it. Appending it again is harmless.
    /// </summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Stops waiting; it may have been stored.</param>
    /// <returns>False when it could not be stored now: come again.</returns>
    public ValueTask<bool> AcceptAsync(InboundMessage message, CancellationToken cancellationToken) => AcceptAsync(message, only: null, cancellationToken);

    /// <summary>
    /// Stores a message of several parts. When it was stored before with fewer of them, as one that was put together anew after a restart, those that came
    /// since are stored as a message of their own; no part is worked on twice.
    /// </summary>
    /// <param name="message">The message.</param>
    /// <param name="only">Makes a message of the parts with these ids alone, in their order; null for a message that is never put together anew.</param>
    /// <param name="cancellationToken">Stops waiting; it may have been stored.</param>
    /// <returns>False when it could not be stored now: come again.</returns>
    public async ValueTask<bool> AcceptAsync(InboundMessage message, Func<IReadOnlyList<string>, InboundMessage>? only, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        using var activity = ChannelActivities.Receive(message.Channel);
        var result = await AppendAsync(message, notesParts: only is not null, cancellationToken).ConfigureAwait(false);
        // The parts that are known were stored before with another message, or alone; the others are not, and go as one of their own.
        while (only is not null && result.Outcome is AppendOutcome.Duplicate && PartsBeside(message, result.KnownIds) is { Count: > 0 } rest && rest.Count <= message.PartIds.Count)
        {
            message = only(rest);
            result = await AppendAsync(message, notesParts: true, cancellationToken).ConfigureAwait(false);
        }
        if (!result.IsAccepted)
        {
            Report(status => status with { LastError = $"A message could not be stored: {result.Error}" });
            return false;
        }
        var now = Time.GetUtcNow().ToUnixTimeMilliseconds();
        Report(status => status with { LastInboundAt = now, LastActivityAt = now });
        return true;
    }

    /// <summary>Gets the bytes of a file that is to be sent, from where they are.</summary>
    /// <param name="media">The file.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The file, at its beginning; else why it cannot be had, and whether it may be had later.</returns>
    public async Task<OutboundContent> OpenMediaAsync(OutboundMedia media, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(media);
        return await OutboundContent.OpenAsync(_bus, media, cancellationToken).ConfigureAwait(false);
    }

    internal Task Readiness => _ready.Task;

    private async ValueTask<AppendResult> AppendAsync(InboundMessage message, bool notesParts, CancellationToken cancellationToken)
    {
        var entry = new QueueEntry
        {
            Key = message.Lane,
            DeduplicationId = IdOf(message, message.MessageId),
            FurtherDeduplicationIds = notesParts ? [.. message.PartIds.Select(part => IdOf(message, part))] : [],
            Payload = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(message, ChannelJsonContext.Default.InboundMessage),
        };
        var result = await _bus.Queues.AppendAsync(ChannelNames.InboundQueue, entry, cancellationToken).ConfigureAwait(false);
        if (result.Outcome is not AppendOutcome.TooLarge || message.Media.All(media => media.Content is null))
            return result;
        // The words are worth more than the pictures.
        return await AppendAsync(message with { Media = [.. message.Media.Select(media => media with { Content = null, Problem = "too large to be taken in" })] }, notesParts, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The ids of a message and its parts that are not among these deduplication ids.</summary>
    private static List<string> PartsBeside(InboundMessage message, IReadOnlyList<string> known) =>
        [.. message.PartIds.Prepend(message.MessageId).Where(part => !known.Contains(IdOf(message, part), StringComparer.Ordinal))];

    private static string IdOf(InboundMessage message, string part)
    {
        var id = $"{message.Conversation}:{message.Kind}:{part}";
        return id.Length <= QueueEntry.MaxDeduplicationIdLength ? id : Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(id)));
    }
}
