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
    public async ValueTask<bool> AcceptAsync(InboundMessage message, CancellationToken cancellationToken)
    {
        using var activity = ChannelActivities.Receive(message.Channel);
        var result = await _bus.Queues.AppendAsync(
            ChannelNames.InboundQueue,
            new QueueEntry
            {
                Key = message.Lane,
                DeduplicationId = IdOf(message),
                Payload = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(message, ChannelJsonContext.Default.InboundMessage),
            },
            cancellationToken).ConfigureAwait(false);
        if (!result.IsAccepted && result.Outcome is AppendOutcome.TooLarge && message.Media.Any(media => media.Content is not null))
        {
            // The words are worth more than the pictures.
            return await AcceptAsync(message with { Media = [.. message.Media.Select(media => media with { Content = null, Problem = "too large to be taken in" })] }, cancellationToken).ConfigureAwait(false);
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

    private static string IdOf(InboundMessage message)
    {
        var id = $"{message.Conversation}:{message.Kind}:{message.MessageId}";
        return id.Length <= QueueEntry.MaxDeduplicationIdLength ? id : Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(id)));
    }
}
