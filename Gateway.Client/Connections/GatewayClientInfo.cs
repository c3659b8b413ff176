namespace OpenClaw.Gateway.Client.Connections;

/// <summary>A client's description of itself. The values of <see cref="Id"/> and <see cref="Mode"/> are a closed list of the protocol.</summary>
public sealed record GatewayClientInfo
{
    /// <summary>Which program this is.</summary>
    public string Id { get; init; } = "cli";

    /// <summary>What the connection is for.</summary>
    public string Mode { get; init; } = "cli";

    /// <summary>Version, free text.</summary>
    public string Version { get; init; } = "dev";

    /// <summary>Operating system, in the words of the protocol's other clients.</summary>
    public string Platform { get; init; } = ThisPlatform();

    /// <summary>Name for people.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Device family.</summary>
    public string? DeviceFamily { get; init; }

    /// <summary>Hardware model.</summary>
    public string? ModelIdentifier { get; init; }

    /// <summary>Stable over reconnects; keeps one presence row.</summary>
    public string? InstanceId { get; init; }

    private static string ThisPlatform() =>
        OperatingSystem.IsMacOS() ? "darwin"
        : OperatingSystem.IsWindows() ? "win32"
        : OperatingSystem.IsFreeBSD() ? "freebsd"
        : "linux";
}
