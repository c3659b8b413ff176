using System.Text.Json.Nodes;

namespace OpenClaw.Gateway.Core.Agents.Options;

/// <summary>Where the agent runtime finds its settings. Asked at the point of use, so a reload holds for the next run.</summary>
internal interface IAgentConfiguration
{
    /// <summary>The validated configuration, with environment references resolved. Nobody changes the returned tree.</summary>
    JsonObject Root { get; }

    /// <summary>The process environment, with the configuration's <c>env</c> values filled in.</summary>
    IReadOnlyDictionary<string, string> Environment { get; }

    /// <summary>The state directory, <c>~/.openclaw</c> unless configured otherwise.</summary>
    string StateDir { get; }

    /// <summary>The workspace of the default agent when none is configured.</summary>
    string DefaultWorkspace { get; }

    /// <summary>The user's home directory, for <c>~</c> in configured paths.</summary>
    string HomeDir { get; }
}
