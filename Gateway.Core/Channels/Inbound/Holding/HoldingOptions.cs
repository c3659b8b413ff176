using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Gateway.Core.Configuration;

namespace OpenClaw.Gateway.Core.Channels.Inbound.Holding;

/// <summary>How long a message waits for the next one of its sender (<c>messages.inbound</c>), to be answered together with it.</summary>
internal static class HoldingOptions
{
    /// <summary>Longest quiet time; more comes from typing errors.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>Zero, the default: not at all.</summary>
    public static TimeSpan DelayOf(ConfigSnapshot snapshot, string channel, string accountId)
    {
        var inbound = snapshot.Root.Section("messages").Section("inbound");
        var ms = ChannelSection.Of(snapshot, channel, accountId).Number("debounceMs") ?? inbound.Section("byChannel").Number(channel) ?? inbound.Number("debounceMs") ?? 0;
        return TimeSpan.FromMilliseconds(Math.Clamp(ms, 0, Longest.TotalMilliseconds));
    }

    /// <summary>Words alone wait; everything else goes at once.</summary>
    public static bool MayWait(InboundMessage message) =>
        message is { Kind: InboundKind.Message, Media.Count: 0, Location: null, ReplyTo: null, Forwarded: null, IsNativeCommand: false };
}
