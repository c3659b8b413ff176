using System.Diagnostics.Metrics;

namespace OpenClaw.Channels.Telegram;

/// <summary>What the channel counts. Tags are account ids, never chats or people.</summary>
internal sealed class TelegramMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string SourceName = "OpenClaw.Channels.Telegram";

    private readonly Counter<long> _pollsStalled;
    private readonly Counter<long> _sends;

    public TelegramMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(SourceName);
        _pollsStalled = meter.CreateCounter<long>("openclaw.telegram.polls_stalled_total", "{poll}", "Polls that were not answered in time and were cut");
        _sends = meter.CreateCounter<long>("openclaw.telegram.sends", "{message}", "Attempts to send, by outcome");
    }

    public void PollStalled(string account) => _pollsStalled.Add(1, new KeyValuePair<string, object?>("account", account));

    public void Sent(string account, string outcome) => _sends.Add(1, new("account", account), new("outcome", outcome));
}
