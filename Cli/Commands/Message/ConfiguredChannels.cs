using OpenClaw.Gateway.Core.Configuration;

namespace OpenClaw.Cli.Commands.Message;

/// <summary>Which channel is meant.</summary>
internal static class ConfiguredChannels
{
    /// <summary>The one that was named, or the only one that is configured; a text instead says why there is none, in words that scripts know.</summary>
    public static (string? Channel, string? Problem) Choose(ConfigSnapshot snapshot, string? named)
    {
        if (named?.Trim().ToLowerInvariant() is { Length: > 0 } channel)
            return (channel, null);
        var configured = Of(snapshot);
        return configured switch
        {
            [var only] => (only, null),
            [] => (null, "Channel is required (no configured channels detected)."),
            _ => (null, $"Channel is required when multiple channels are configured: {string.Join(", ", configured)}"),
        };
    }

    /// <summary>The channels that the configuration has a section for and does not switch off, by name.</summary>
    public static IReadOnlyList<string> Of(ConfigSnapshot snapshot) =>
        [.. snapshot.Root.Section("channels").Children().Where(static channel => channel.Key != "defaults" && channel.Value.Bool("enabled") is not false).Select(static channel => channel.Key).Order(StringComparer.Ordinal)];
}
