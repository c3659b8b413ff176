using OpenClaw.Gateway.Protocol.Methods.Status;
using OpenClaw.Gateway.Protocol.Schema;

namespace OpenClaw.Gateway.Protocol.Connect;

/// <summary>Answer to a successful <c>connect</c>: all that a client needs to draw its first screen.</summary>
[OpenObject]
public sealed record HelloOk
{
    /// <summary>Always <c>hello-ok</c>.</summary>
    [OneOf("hello-ok")]
    public string Type { get; init; } = "hello-ok";

    /// <summary>Protocol version spoken on this connection.</summary>
    public required long Protocol { get; init; }

    /// <summary>The gateway.</summary>
    public required HelloServer Server { get; init; }

    /// <summary>What it serves.</summary>
    public required HelloFeatures Features { get; init; }

    /// <summary>Its state now.</summary>
    public required HelloSnapshot Snapshot { get; init; }

    /// <summary>Base address of the canvas, when it is served.</summary>
    public string? CanvasHostUrl { get; init; }

    /// <summary>What the connection was granted.</summary>
    public HelloAuth? Auth { get; init; }

    /// <summary>Limits of the connection.</summary>
    public required HelloPolicy Policy { get; init; }
}

/// <summary>Identity of the gateway process.</summary>
public sealed record HelloServer
{
    /// <summary>Version text.</summary>
    public required string Version { get; init; }

    /// <summary>Source revision.</summary>
    public string? Commit { get; init; }

    /// <summary>Host name.</summary>
    public string? Host { get; init; }

    /// <summary>Id of this connection.</summary>
    public required string ConnId { get; init; }
}

/// <summary>Methods and events that are really served.</summary>
public sealed record HelloFeatures
{
    /// <summary>Method names.</summary>
    public required IReadOnlyList<string> Methods { get; init; }

    /// <summary>Event names.</summary>
    public required IReadOnlyList<string> Events { get; init; }
}

/// <summary>State of the gateway at the moment of connecting.</summary>
public sealed record HelloSnapshot
{
    /// <summary>All presence entries.</summary>
    public required IReadOnlyList<PresenceEntry> Presence { get; init; }

    /// <summary>Last health snapshot.</summary>
    public required HealthSnapshot Health { get; init; }

    /// <summary>Versions of both.</summary>
    public required StateVersion StateVersion { get; init; }

    /// <summary>Age of the process in milliseconds.</summary>
    public required long UptimeMs { get; init; }

    /// <summary>Absolute path of the config file; with protocol 4 only for admins.</summary>
    public string? ConfigPath { get; init; }

    /// <summary>Absolute path of the state directory; with protocol 4 only for admins.</summary>
    public string? StateDir { get; init; }

    /// <summary>Where messages without a session go.</summary>
    public required SessionDefaults SessionDefaults { get; init; }
}

/// <summary>Defaults of session routing.</summary>
public sealed record SessionDefaults
{
    /// <summary>Agent that answers by default.</summary>
    public required string DefaultAgentId { get; init; }

    /// <summary>Short key of the main session.</summary>
    public required string MainKey { get; init; }

    /// <summary>Canonical key of the main session.</summary>
    public required string MainSessionKey { get; init; }

    /// <summary><c>per-sender</c> or <c>global</c>.</summary>
    public required string Scope { get; init; }
}

/// <summary>Grant of a connection.</summary>
public sealed record HelloAuth
{
    /// <summary>Token that identifies the device next time.</summary>
    public string? DeviceToken { get; init; }

    /// <summary>Granted role.</summary>
    public required string Role { get; init; }

    /// <summary>Granted scopes.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>When the token was issued, Unix milliseconds.</summary>
    public long? IssuedAtMs { get; init; }

    /// <summary>Protocol 4: tokens for the other roles that a bootstrap token came with.</summary>
    public IReadOnlyList<HelloDeviceToken>? DeviceTokens { get; init; }
}

/// <summary>A device's token for one role.</summary>
public sealed record HelloDeviceToken
{
    /// <summary>The token.</summary>
    public required string DeviceToken { get; init; }

    /// <summary>Role it is for.</summary>
    public required string Role { get; init; }

    /// <summary>What it opens.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>When it was issued, Unix milliseconds.</summary>
    public required long IssuedAtMs { get; init; }

    /// <summary>Never shows the token.</summary>
    public override string ToString() => $"HelloDeviceToken {{ Role = {Role} }}";
}

/// <summary>Limits that the client should respect.</summary>
public sealed record HelloPolicy
{
    /// <summary>Largest message in bytes.</summary>
    public required long MaxPayload { get; init; }

    /// <summary>Unsent bytes before the connection counts as slow.</summary>
    public required long MaxBufferedBytes { get; init; }

    /// <summary>Interval of <c>tick</c> in milliseconds.</summary>
    public required long TickIntervalMs { get; init; }
}
