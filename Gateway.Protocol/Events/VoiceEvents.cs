using System.Text.Json.Serialization;
using OpenClaw.Gateway.Protocol.Schema;

namespace OpenClaw.Gateway.Protocol.Events;

/// <summary>Payload of <c>talk.mode</c>: people talk with the agent, or stopped.</summary>
[OpenObject]
public sealed record TalkModeEvent
{
    /// <summary>Whether they do.</summary>
    public required bool Enabled { get; init; }

    /// <summary>What happens at the moment.</summary>
    [OrNull]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string? Phase { get; init; }

    /// <summary>When, Unix milliseconds.</summary>
    public required long Ts { get; init; }
}

/// <summary>Payload of <c>voicewake.changed</c>: the words that wake a device.</summary>
[OpenObject]
public sealed record VoiceWakeChangedEvent
{
    /// <summary>All of them.</summary>
    public required IReadOnlyList<string> Triggers { get; init; }
}
