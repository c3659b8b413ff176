namespace OpenClaw.Gateway.Bus;

/// <summary>What of the bus does not work at the moment.</summary>
/// <param name="Faults">One sentence per fault, for an operator; empty when all is well. Holds no payload.</param>
public sealed record BusHealth(IReadOnlyList<string> Faults)
{
    /// <summary>The health of a bus without faults.</summary>
    public static BusHealth Good { get; } = new([]);

    /// <summary>True when nothing is degraded.</summary>
    public bool IsHealthy => Faults.Count == 0;

    /// <summary>The connection to the bus; null for a bus inside the process, which needs none.</summary>
    public BusConnection? Connection { get; init; }
}
