using System.Diagnostics;

namespace OpenClaw.Channels.Abstractions;

/// <summary>The spans of channels: <c>channel.receive</c>, with which the trace of a turn begins, and <c>channel.send</c>.</summary>
internal static class ChannelActivities
{
    private static readonly ActivitySource Source = new("OpenClaw.Channels");

    /// <summary>Something came in. It belongs to no trace before: the request that asked the provider for it asked for others too.</summary>
    public static Activity? Receive(string channel)
    {
        Activity.Current = null;
        return Source.StartActivity("channel.receive", ActivityKind.Consumer)?.SetTag("channel", channel);
    }

    /// <summary>An attempt to send.</summary>
    public static Activity? Send(string channel, int attempt) =>
        Source.StartActivity("channel.send", ActivityKind.Producer)?.SetTag("channel", channel).SetTag("attempt", attempt);
}
