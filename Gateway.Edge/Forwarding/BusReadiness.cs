using OpenClaw.Gateway.Bus;
using OpenClaw.ServiceDefaults.Health;

namespace OpenClaw.Gateway.Edge.Forwarding;

/// <summary>Without the bus the cores refuse every call, so the edge in front of them is not ready either; connections stay.</summary>
internal sealed class BusReadiness(IBus bus) : IReadinessCheck
{
    public IEnumerable<string> Reasons() => bus.Health.Faults;
}
