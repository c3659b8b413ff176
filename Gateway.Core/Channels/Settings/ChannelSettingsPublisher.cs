using System.Text.Json;
using OpenClaw.Channels.Abstractions;
using OpenClaw.Channels.Abstractions.Settings;
using OpenClaw.Gateway.Bus;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.SafeMode;
using OpenClaw.Gateway.Core.Services;

namespace OpenClaw.Gateway.Core.Channels.Settings;

/// <summary>Tells channels what they must know of the configuration.</summary>
internal sealed class ChannelSettingsPublisher(IBus bus, ConfigStore configuration, SafeModeState safeMode, TimeProvider time) : ConfigPublisher(bus, configuration, time)
{
    /// <summary>Variables that stand in for a key of a channel's section.</summary>
    private static readonly Dictionary<string, string[]> VariablesOf = new(StringComparer.Ordinal) { ["telegram"] = ["TELEGRAM_BOT_TOKEN"] };

    private static readonly string[] Channels = ["telegram", "whatsapp"];

    /// <summary>What a channel is told.</summary>
    public static ChannelSettings SettingsOf(ConfigSnapshot snapshot, string channel)
    {
        var section = snapshot.Root.Section("channels").Section(channel).Node ?? [];
        using var document = JsonDocument.Parse(section.ToJsonString());
        return new ChannelSettings
        {
            Section = document.RootElement.Clone(),
            Commands = ChannelCommandMenu.Of(snapshot),
            Variables = (VariablesOf.GetValueOrDefault(channel) ?? []).Where(snapshot.Environment.ContainsKey).ToDictionary(static name => name, name => snapshot.Environment[name], StringComparer.Ordinal),
        };
    }

    protected override IEnumerable<PublishedEntry> EntriesOf(ConfigSnapshot snapshot)
    {
        var hold = safeMode.IsActive ? "safe mode: " + safeMode.Reason : null;
        return Channels.Select(channel => new PublishedEntry(
            ChannelNames.SettingsMap, channel, JsonSerializer.SerializeToUtf8Bytes(SettingsOf(snapshot, channel) with { Hold = hold }, ChannelJsonContext.Default.ChannelSettings)));
    }
}
