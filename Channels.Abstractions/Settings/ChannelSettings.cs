using System.Text.Json;

namespace OpenClaw.Channels.Abstractions.Settings;

/// <summary>
/// What a channel is told of the configuration. The core publishes it over the bus, at its start and at every change, so that a channel works the
/// same in the core's process and in one of its own.
/// </summary>
public sealed record ChannelSettings
{
    /// <summary>The section <c>channels.&lt;id&gt;</c> with its variables filled in; an empty object when there is none.</summary>
    public required JsonElement Section { get; init; }

    /// <summary>The commands of the agent, for a channel that shows them in a menu.</summary>
    public IReadOnlyList<CommandEntry> Commands { get; init; } = [];

    /// <summary>Why none of the channel's accounts may connect now, for people; null when they may.</summary>
    public string? Hold { get; init; }

    /// <summary>Secrets from the environment that the channel's section may leave out, by their names.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();
}

/// <summary>A command for a menu.</summary>
/// <param name="Name">Without the slash.</param>
/// <param name="Description">One line.</param>
public sealed record CommandEntry(string Name, string Description);
