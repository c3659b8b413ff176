using OpenClaw.Channels.Abstractions.Settings;
using OpenClaw.Gateway.Core.Configuration;

namespace OpenClaw.Gateway.Core.Channels.Settings;

/// <summary>The commands that a channel's menu shows.</summary>
internal static class ChannelCommandMenu
{
    private static readonly CommandEntry[] All =
    [
        new("help", "What you can tell me here"),
        new("commands", "What you can tell me here, page by page"),
        new("status", "Which model answers, and how full the conversation is"),
        new("stop", "Stop what is being worked on"),
        new("new", "Begin a new conversation"),
        new("reset", "Begin a new conversation"),
        new("whoami", "Your id, as this gateway knows you"),
        new("model", "Show or choose the model"),
        new("models", "Choose the model from a list"),
        new("think", "How hard to think: off, minimal, low, medium, high"),
        new("verbose", "Whether to show what tools do: on, off, full"),
        new("queue", "What becomes of messages while I am busy"),
        new("activation", "In groups: answer always, or when mentioned"),
    ];

    /// <summary>They are all served; the switch that takes the menu away is <c>commands.native</c>.</summary>
    public static IReadOnlyList<CommandEntry> Of(ConfigSnapshot snapshot) => snapshot.Root.Section("commands").Bool("native") is false ? [] : All;
}
