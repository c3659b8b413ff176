using System.Text.Json;
using OpenClaw.Gateway.Protocol.Schema;

namespace OpenClaw.Gateway.Protocol.Connect;

/// <summary>Params of <c>connect</c>, the first request of every connection. Properties of both protocol generations.</summary>
public sealed record ConnectParams
{
    /// <summary>Oldest protocol version the client speaks.</summary>
    [Bounds(1)]
    public required long MinProtocol { get; init; }

    /// <summary>Newest protocol version the client speaks.</summary>
    [Bounds(1)]
    public required long MaxProtocol { get; init; }

    /// <summary>Who connects.</summary>
    public required ConnectClient Client { get; init; }

    /// <summary>Capabilities; for operators only <c>tool-events</c> means something.</summary>
    [NonEmpty]
    public IReadOnlyList<string>? Caps { get; init; }

    /// <summary>Commands that a node offers.</summary>
    [NonEmpty]
    public IReadOnlyList<string>? Commands { get; init; }

    /// <summary>Permissions that a node's system granted it.</summary>
    public IReadOnlyDictionary<string, bool>? Permissions { get; init; }

    /// <summary>A node's <c>PATH</c>.</summary>
    public string? PathEnv { get; init; }

    /// <summary><c>operator</c> when absent.</summary>
    [NonEmpty]
    public string? Role { get; init; }

    /// <summary>Scopes asked for.</summary>
    [NonEmpty]
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>Proof of a device's identity.</summary>
    public ConnectDevice? Device { get; init; }

    /// <summary>Shared secrets and tokens.</summary>
    public ConnectAuth? Auth { get; init; }

    /// <summary>Language tag; not used.</summary>
    public string? Locale { get; init; }

    /// <summary>Free text; not used.</summary>
    public string? UserAgent { get; init; }

    /// <summary>Protocol 4: not used.</summary>
    public JsonElement? ComputerUse { get; init; }

    /// <summary>Protocol 4: not used.</summary>
    public JsonElement? WorkerRuns { get; init; }

    /// <summary>Protocol 4: not used.</summary>
    public JsonElement? ModelCatalog { get; init; }
}

/// <summary>The client's description of itself.</summary>
public sealed record ConnectClient
{
    /// <summary>Which program this is.</summary>
    [OneOf(
        "webchat-ui", "openclaw-control-ui", "webchat", "cli", "gateway-client", "openclaw-macos", "openclaw-ios", "openclaw-android",
        "node-host", "test", "fingerprint", "openclaw-probe",
        "openclaw-browser-copilot", "openclaw-tui", "openclaw-linux", "openclaw-watchos", "openclaw-worker")]
    public required string Id { get; init; }

    /// <summary>Version, free text.</summary>
    [NonEmpty]
    public required string Version { get; init; }

    /// <summary>Platform, free text.</summary>
    [NonEmpty]
    public required string Platform { get; init; }

    /// <summary>What the connection is for.</summary>
    [OneOf("webchat", "cli", "ui", "backend", "node", "probe", "test", "worker")]
    public required string Mode { get; init; }

    /// <summary>Name for people.</summary>
    [NonEmpty]
    public string? DisplayName { get; init; }

    /// <summary>Device family, e.g. <c>iPhone</c>.</summary>
    [NonEmpty]
    public string? DeviceFamily { get; init; }

    /// <summary>Hardware model.</summary>
    [NonEmpty]
    public string? ModelIdentifier { get; init; }

    /// <summary>Stable over reconnects; keeps one presence row.</summary>
    [NonEmpty]
    public string? InstanceId { get; init; }

    /// <summary>Protocol 4: build of the client, at most 96 characters.</summary>
    [TextLength(0, 96)]
    public string? BuildId { get; init; }

    /// <summary>Protocol 4: IANA time zone, at most 64 characters.</summary>
    [TextLength(0, 64)]
    public string? TimeZone { get; init; }
}

/// <summary>Proof that the client holds the private key of a device.</summary>
public sealed record ConnectDevice
{
    /// <summary>Lower-case hex SHA-256 of the raw public key.</summary>
    [NonEmpty]
    public required string Id { get; init; }

    /// <summary>Ed25519 public key: 32 bytes in base64url, or PEM.</summary>
    [NonEmpty]
    public required string PublicKey { get; init; }

    /// <summary>Ed25519 signature in base64url.</summary>
    [NonEmpty]
    public required string Signature { get; init; }

    /// <summary>When it was signed, Unix milliseconds.</summary>
    [Bounds(0)]
    public required long SignedAt { get; init; }

    /// <summary>The nonce of the challenge.</summary>
    [NonEmpty]
    public string? Nonce { get; init; }
}

/// <summary>Secrets that a client offers.</summary>
public sealed record ConnectAuth
{
    /// <summary>Shared token, or the token of a paired device.</summary>
    public string? Token { get; init; }

    /// <summary>Shared password.</summary>
    public string? Password { get; init; }

    /// <summary>Protocol 4: one-time token for pairing.</summary>
    public string? BootstrapToken { get; init; }

    /// <summary>Protocol 4: token of a paired device.</summary>
    public string? DeviceToken { get; init; }

    /// <summary>Protocol 4: not used.</summary>
    public string? ApprovalRuntimeToken { get; init; }

    /// <summary>Protocol 4: not used.</summary>
    public string? AgentRuntimeIdentityToken { get; init; }
}
