namespace OpenClaw.Gateway.Protocol.Tests.Node;

/// <summary>A test that needs Node and the packages of tests/npm; without them it is skipped, and says why.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeFactAttribute : FactAttribute
{
    public NodeFactAttribute() => Skip = NodeTools.MissingReason;
}
