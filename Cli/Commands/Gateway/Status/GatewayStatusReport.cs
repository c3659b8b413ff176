using OpenClaw.Cli.Connections;
using OpenClaw.Cli.Services;
using OpenClaw.Gateway.Client.Targets;
using OpenClaw.Gateway.Core.Configuration;

namespace OpenClaw.Cli.Commands.Gateway.Status;

/// <summary>What <c>openclaw gateway status</c> found out: the service, and apart from it whether the gateway answers.</summary>
internal sealed record GatewayStatusReport
{
    /// <summary>The configuration as this command sees it.</summary>
    public required ConfigSnapshot Own { get; init; }

    /// <summary>The same as the service sees it.</summary>
    public required ServiceView Seen { get; init; }

    public required ServiceFacts Service { get; init; }

    public required GatewayRoute Route { get; init; }

    public required GatewayTargetSources Sources { get; init; }

    /// <summary>Null when nobody tried.</summary>
    public required GatewayProbeResult? Probe { get; init; }

    public required PortUse Port { get; init; }

    /// <summary>The port that this command's own configuration names, when it is another one.</summary>
    public required PortUse? OwnPort { get; init; }

    public required string LogFile { get; init; }

    public required string? LastError { get; init; }

    /// <summary>Services that look like gateways and are not ours.</summary>
    public required IReadOnlyList<FoundService> Others { get; init; }

    public string BindMode => string.IsNullOrWhiteSpace(Sources.Bind) ? "loopback" : Sources.Bind;

    public string BindHost => BindMode switch
    {
        "lan" or "custom" => "0.0.0.0",
        "tailnet" => Sources.Addresses().Tailnet ?? "127.0.0.1",
        _ => "127.0.0.1",
    };

    public string PortSource => Seen.Port is null ? "env/config" : "service args";

    public string Note => BindMode switch
    {
        "loopback" => "Loopback-only gateway; only local clients can connect.",
        "lan" => $"bind=lan listens on 0.0.0.0 (all interfaces); probing via {new Uri(Route.Address.Url).Host}.",
        _ => $"bind={BindMode}; probing via {new Uri(Route.Address.Url).Host}.",
    };

    /// <summary>This command and the service read different configuration files.</summary>
    public bool IsMismatch => Seen.Snapshot.Path != Own.Path;

    /// <summary>The service's process is there, and its port is not.</summary>
    public bool IsDeaf => Service is { Presence.IsLoaded: true, Runtime.IsRunning: true } && !Port.IsBusy;
}
