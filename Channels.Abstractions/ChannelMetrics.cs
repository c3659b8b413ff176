using System.Diagnostics.Metrics;

namespace OpenClaw.Channels.Abstractions;

/// <summary>What all channels count. Tags are channels and accounts, never chats or people.</summary>
internal static class ChannelMetrics
{
    private static readonly Meter Meter = new("OpenClaw.Channels");

    private static readonly Counter<long> AmbiguousSends = Meter.CreateCounter<long>(
        "openclaw.channels.ambiguous_sends_total", "{message}", "Messages that may be there or not: a request went out and no answer came, or the process died in the attempt");

    /// <summary>A message became ambiguous.</summary>
    public static void Ambiguous(string channel, string account) => AmbiguousSends.Add(1, new("channel", channel), new("account", account));
}
