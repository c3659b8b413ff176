using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Configuration.Options;
using OpenClaw.Gateway.Core.SafeMode;

namespace OpenClaw.Gateway.Core.Hosting;

/// <summary>What the composition root hands to the core.</summary>
public sealed class GatewayCoreOptions
{
    /// <summary>Where this instance lives.</summary>
    public required GatewayEnvironment Environment { get; init; }

    /// <summary>The configuration in force.</summary>
    public required ConfigStore Configuration { get; init; }

    /// <summary>Secrets and modes given on the command line.</summary>
    public GatewayAuthFlags AuthFlags { get; init; } = new();

    /// <summary>
    /// What the host took from the configuration for good, by key: its listeners, say. A change of one of these needs a restart; all
    /// else is read when it is needed. The values are only compared.
    /// </summary>
    public Func<ConfigSnapshot, IReadOnlyDictionary<string, string>> StartSettings { get; init; } = static _ => new Dictionary<string, string>();

    /// <summary>Whether the host comes back by itself, with the configuration as it is then, after a stop for a restart.</summary>
    public bool RestartsInProcess { get; init; }

    /// <summary>Whether the gateway holds back what may have made it crash.</summary>
    public SafeModeState SafeMode { get; init; } = SafeModeState.Off();

    /// <summary>Path of the log file being written, for <c>logs.tail</c>.</summary>
    public required Func<string> LogFile { get; init; }

    /// <summary>Version text shown to clients.</summary>
    public required string Version { get; init; }

    /// <summary>Source revision shown to clients.</summary>
    public string? Commit { get; init; }
}
