using OpenClaw.Gateway.Protocol.Connect;
using OpenClaw.Gateway.Protocol.Scopes;

namespace OpenClaw.Gateway.Core.Connections;

/// <summary>What opened a connection.</summary>
internal enum Credential
{
    /// <summary>The token of a paired device: the connection may do what that device was approved for.</summary>
    DeviceToken,

    /// <summary>The gateway's own token or password.</summary>
    SharedSecret,

    /// <summary>A bootstrap token that somebody on the host made.</summary>
    BootstrapToken,
}

/// <summary>What a node says it can do.</summary>
/// <param name="Commands">Commands, as they came.</param>
/// <param name="Permissions">Permissions that its system granted it.</param>
/// <param name="PathEnv">Its <c>PATH</c>.</param>
internal sealed record NodeDeclaration(IReadOnlyList<string> Commands, IReadOnlyDictionary<string, bool>? Permissions, string? PathEnv);

/// <summary>Who is behind a connection and what it was granted. Fixed at the handshake.</summary>
internal sealed record ConnectionIdentity
{
    public required ConnectClient Client { get; init; }

    public required string Role { get; init; }

    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>Protocol generation spoken, 3 or 4.</summary>
    public required int Protocol { get; init; }

    public IReadOnlyList<string> Caps { get; init; } = [];

    /// <summary>What a node said it can do; null for operators.</summary>
    public NodeDeclaration? Node { get; init; }

    /// <summary>The device that was proven; null for clients without one.</summary>
    public string? DeviceId { get; init; }

    /// <summary>What opened the connection.</summary>
    public Credential Credential { get; init; }

    /// <summary>Address of the client, behind trusted proxies too; for logs and presence of remote clients.</summary>
    public required string Address { get; init; }

    public required bool IsLocal { get; init; }

    public bool IsAdmin => Role == ConnectionRoles.Operator && Scopes.Contains(OperatorScopes.Admin, StringComparer.Ordinal);

    public bool Has(string scope) => IsAdmin || (Role == ConnectionRoles.Operator && Scopes.Contains(scope, StringComparer.Ordinal));
}
