using OpenClaw.Gateway.Core.Agents.Prompt;
using OpenClaw.Gateway.Core.Configuration;

namespace OpenClaw.Gateway.Core.Channels.Inbound.Envelope;

/// <summary>What the line in front of a message tells of time (<c>agents.defaults.envelope*</c>).</summary>
/// <param name="Zone">In which time zone.</param>
/// <param name="HasTime">When it was written.</param>
/// <param name="HasElapsed">How long after the session's last use.</param>
internal sealed record EnvelopeOptions(TimeZoneInfo Zone, bool HasTime = true, bool HasElapsed = true)
{
    public static EnvelopeOptions Of(ConfigSnapshot snapshot, TimeZoneInfo hostZone)
    {
        var defaults = snapshot.Root.Section("agents").Section("defaults");
        var zone = defaults.Text("envelopeTimezone") is not { } written ? hostZone : written.ToLowerInvariant() switch
        {
            "local" or "host" => hostZone,
            "utc" or "gmt" => TimeZoneInfo.Utc,
            "user" => TimeEnvelope.Zone(defaults.Text("userTimezone"), hostZone),
            _ => TimeZoneInfo.TryFindSystemTimeZoneById(written, out var named) ? named : TimeZoneInfo.Utc,
        };
        return new EnvelopeOptions(zone, defaults.Text("envelopeTimestamp") != "off", defaults.Text("envelopeElapsed") != "off");
    }
}
