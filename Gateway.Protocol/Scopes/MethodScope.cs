namespace OpenClaw.Gateway.Protocol.Scopes;

/// <summary>What a caller must hold for a method. Every method has exactly one.</summary>
public enum MethodScope
{
    /// <summary><see cref="OperatorScopes.Admin"/>; also what an unknown method needs.</summary>
    Admin,

    /// <summary><see cref="OperatorScopes.Read"/> or <see cref="OperatorScopes.Write"/>.</summary>
    Read,

    /// <summary><see cref="OperatorScopes.Write"/>.</summary>
    Write,

    /// <summary><see cref="OperatorScopes.Approvals"/>.</summary>
    Approvals,

    /// <summary><see cref="OperatorScopes.Pairing"/>.</summary>
    Pairing,

    /// <summary>No scope; the role <see cref="ConnectionRoles.Node"/>.</summary>
    NodeRole,
}
