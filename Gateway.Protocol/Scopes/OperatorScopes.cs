namespace OpenClaw.Gateway.Protocol.Scopes;

/// <summary>Scopes that an operator connection can hold.</summary>
public static class OperatorScopes
{
    /// <summary>Passes every check of the operator role.</summary>
    public const string Admin = "operator.admin";

    /// <summary>Reading methods.</summary>
    public const string Read = "operator.read";

    /// <summary>Reading methods, and those that start work.</summary>
    public const string Write = "operator.write";

    /// <summary>Deciding about commands that wait for approval.</summary>
    public const string Approvals = "operator.approvals";

    /// <summary>Pairing of devices and nodes.</summary>
    public const string Pairing = "operator.pairing";
}
