using System.Reflection;
using Xunit.Sdk;

namespace OpenClaw.EndToEnd.Tests;

/// <summary>The two ways to run the gateway. Clients cannot tell them apart.</summary>
public enum Composition
{
    /// <summary>Everything in one process.</summary>
    AllInOne,

    /// <summary>An edge in front of a core, and Redis between them.</summary>
    Distributed,
}

/// <summary>Runs a test against the gateway in one process.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AllInOneAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[Composition.AllInOne]];
}

/// <summary>Runs a test against edge and core as processes; skipped, and saying so, where there is no Redis.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DistributedAttribute : DataAttribute
{
    public DistributedAttribute() => Skip = RedisProcess.Missing;

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[Composition.Distributed]];
}

/// <summary>A test of the distributed composition alone; skipped, and saying so, where there is no Redis.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DistributedFactAttribute : FactAttribute
{
    public DistributedFactAttribute() => Skip = RedisProcess.Missing;
}
