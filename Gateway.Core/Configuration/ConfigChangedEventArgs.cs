using System.Collections.Immutable;
using OpenClaw.Gateway.Core.Configuration.Reloading;
using OpenClaw.Gateway.Core.Configuration.Writing;

namespace OpenClaw.Gateway.Core.Configuration;

/// <summary>Another configuration came into force.</summary>
public sealed class ConfigChangedEventArgs : EventArgs
{
    private readonly ConfigWriteRequest? _request;

    internal ConfigChangedEventArgs(ConfigSnapshot previous, ConfigSnapshot current, ConfigWriteRequest? request)
    {
        (Previous, Current, _request) = (previous, current, request);
        Paths = ChangedPaths.Between(previous.Config, current.Config);
    }

    /// <summary>What was in force.</summary>
    public ConfigSnapshot Previous { get; }

    /// <summary>What is in force now.</summary>
    public ConfigSnapshot Current { get; }

    /// <summary>
    /// Keys that changed, dotted, as deep as possible; a section that came or went is named once, and a list as a whole. Empty when only
    /// variables changed.
    /// </summary>
    public ImmutableArray<string> Paths { get; }

    /// <summary>Whether anything at or below a key changed: what a component that keeps something built from its section asks.</summary>
    /// <param name="section">Dotted key, such as <c>cron</c> or <c>channels.telegram</c>.</param>
    public bool Touches(string section) => Paths.Any(path => ChangedPaths.IsAtOrBelow(path, section) || ChangedPaths.IsAtOrBelow(section, path));

    /// <summary>Connection that asked for the change and still waits for the answer; null for none.</summary>
    internal string? Requester => _request?.Requester;

    /// <summary>How long a restart that the change needs is put off.</summary>
    internal TimeSpan RestartDelay => _request?.RestartDelay ?? TimeSpan.Zero;
}
