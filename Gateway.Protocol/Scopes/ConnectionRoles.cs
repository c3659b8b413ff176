namespace OpenClaw.Gateway.Protocol.Scopes;

/// <summary>The two roles of a connection.</summary>
public static class ConnectionRoles
{
    /// <summary>A person's client, or a program acting for one.</summary>
    public const string Operator = "operator";

    /// <summary>A device that offers commands to the gateway.</summary>
    public const string Node = "node";
}
