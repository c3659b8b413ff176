using System.Text.Json;
using OpenClaw.Cli.Output;

namespace OpenClaw.Cli.Commands.Health;

/// <summary>How a health answer describes a channel.</summary>
/// <param name="Label">Name for people.</param>
/// <param name="State">In a word or two.</param>
internal sealed record ChannelState(string Label, string State)
{
    /// <summary>All channels in the gateway's order.</summary>
    public static IEnumerable<ChannelState> All(JsonElement health)
    {
        var channels = health.Field("channels") ?? default;
        var labels = health.Field("channelLabels") ?? default;
        foreach (var item in health.Items("channelOrder"))
        {
            if (item.ValueKind is not JsonValueKind.String || item.GetString() is not { } id || channels.Field(id) is not { } channel)
                continue;
            yield return new ChannelState(TerminalText.Harmless(labels.Text(id) ?? id), TerminalText.Harmless(Describe(channel)));
        }
    }

    private static string Describe(JsonElement channel)
    {
        if (channel.Flag("configured") == false)
            return "not configured";
        if (channel.Flag("linked") is { } linked)
            return linked ? "linked" : "not linked";
        if (channel.Field("probe") is { } probe && probe.Flag("ok") is { } ok)
            return ok ? "ok" : "failed: " + (probe.Text("error") ?? "unknown");
        return channel.Text("lastError") is { } error ? "error: " + error : channel.Flag("running") == true ? "running" : "configured";
    }
}
