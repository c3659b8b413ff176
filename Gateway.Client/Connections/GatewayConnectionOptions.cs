using OpenClaw.Gateway.Client.Targets;
using OpenClaw.Gateway.Protocol.Limits;
using OpenClaw.Gateway.Protocol.Scopes;

namespace OpenClaw.Gateway.Client.Connections;

/// <summary>Where to connect, as whom, and with which secrets.</summary>
public sealed record GatewayConnectionOptions
{
    /// <summary>Options for a resolved target, with the credentials that go with it.</summary>
    /// <param name="target">The gateway.</param>
    /// <param name="stateDirectory">State directory that holds <c>identity/</c>.</param>
    public static GatewayConnectionOptions To(GatewayTarget target, string? stateDirectory)
    {
        ArgumentNullException.ThrowIfNull(target);
        return new GatewayConnectionOptions
        {
            Url = target.Url,
            Details = target.Details,
            Token = target.Token,
            TokenIsExplicit = target.TokenIsExplicit,
            Password = target.Password,
            TlsFingerprint = target.TlsFingerprint,
            StateDirectory = stateDirectory,
        };
    }

    /// <summary><c>ws</c> or <c>wss</c> address of the gateway.</summary>
    public required Uri Url { get; init; }

    /// <summary>Lines that follow the text of connection errors, see <see cref="GatewayTarget.Details"/>.</summary>
    public string? Details { get; init; }

    /// <summary>Shared token.</summary>
    public string? Token { get; init; }

    /// <summary>
    /// Whether the user named <see cref="Token"/> in this very command. It then wins over this device's stored token, which
    /// otherwise is offered first.
    /// </summary>
    public bool TokenIsExplicit { get; init; }

    /// <summary>Shared password; sent in addition to a token.</summary>
    public string? Password { get; init; }

    /// <summary>SHA-256 of the only certificate to accept, in hex, see <see cref="Targets.TlsFingerprint"/>. Null: the system decides.</summary>
    public string? TlsFingerprint { get; init; }

    /// <summary>State directory that holds <c>identity/</c>; null connects without a device identity.</summary>
    public string? StateDirectory { get; init; }

    /// <summary>How the client describes itself.</summary>
    public GatewayClientInfo Client { get; init; } = new();

    /// <summary>Role asked for.</summary>
    public string Role { get; init; } = ConnectionRoles.Operator;

    /// <summary>Scopes asked for.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [OperatorScopes.Admin, OperatorScopes.Approvals, OperatorScopes.Pairing];

    /// <summary>Capabilities.</summary>
    public IReadOnlyList<string> Capabilities { get; init; } = [];

    /// <summary>Commands that a node offers; null for operators.</summary>
    public IReadOnlyList<string>? Commands { get; init; }

    /// <summary>Permissions that a node's system granted it; null for operators.</summary>
    public IReadOnlyDictionary<string, bool>? Permissions { get; init; }

    /// <summary>A node's <c>PATH</c>.</summary>
    public string? PathEnv { get; init; }

    /// <summary>Oldest protocol generation to accept.</summary>
    public int MinProtocol { get; init; } = ProtocolLimits.OldestVersion;

    /// <summary>Newest protocol generation to accept.</summary>
    public int MaxProtocol { get; init; } = ProtocolLimits.OldestVersion;

    /// <summary>Time for one attempt, from the first packet to <c>hello-ok</c>: the gateway's own limit for a handshake.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromMilliseconds(ProtocolLimits.HandshakeTimeoutMs);

    /// <summary>Whether events are kept for <see cref="GatewayConnection.ReadNoticesAsync"/>. Commands that only ask something turn it off.</summary>
    public bool KeepEvents { get; init; } = true;

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Never the secrets.</summary>
    public override string ToString() => Url.ToString();
}
