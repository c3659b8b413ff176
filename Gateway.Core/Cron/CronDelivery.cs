using OpenClaw.Gateway.Core.Channels;
using OpenClaw.Gateway.Core.Channels.Replies;
using OpenClaw.Gateway.Core.Sessions.Store;

namespace OpenClaw.Gateway.Core.Cron;

/// <summary>Sends what a job's run said to a channel, once for each run.</summary>
internal sealed class CronDelivery(CronTurns turns, SessionStores stores, ChannelDirectory channels, ReplyDelivery replies)
{
    private const string LastChannel = "last";

    /// <summary>Stores the text for sending. Returns why it could not be.</summary>
    /// <exception cref="Bus.BusUnavailableException">The bus cannot be reached.</exception>
    public async Task<string?> SendAsync(CronRun run, string text, CancellationToken cancellationToken)
    {
        var delivery = run.Job.Delivery;
        var entry = await stores.FindAsync(turns.MainOf(run.Job), cancellationToken).ConfigureAwait(false);
        var last = entry is null ? null : DeliveryRoute.Of(entry);
        var asked = delivery?.Text("channel");
        var channel = asked is null or LastChannel ? last?.Channel : asked;
        var isLast = channel is not null && channel == last?.Channel;
        var to = delivery?.Text("to") ?? (isLast ? last!.To : null);
        if (channel is null || to is null)
            return "cron delivery target is missing";
        if (await channels.FindAsync(channel, cancellationToken).ConfigureAwait(false) is null)
            return "unsupported channel: " + channel;
        var account = isLast && last!.AccountId is { } known ? known
            : (await channels.StatusesAsync(cancellationToken).ConfigureAwait(false)).FirstOrDefault(status => status.Channel == channel)?.AccountId;
        if (account is null)
            return $"channel {channel} has no account";
        var thread = isLast && to == last!.To && !last.ThreadId.IsMissing ? last.ThreadId.AsString() ?? last.ThreadId.AsInt64()?.ToString(System.Globalization.CultureInfo.InvariantCulture) : null;
        var isStored = await replies.SendTextAsync(new ReplyRoute(channel, account, to) { ThreadId = thread }, run.RunId, text, cancellationToken).ConfigureAwait(false);
        return isStored ? null : "cron announce delivery failed";
    }
}
