using OpenClaw.Gateway.Bus;
using OpenClaw.ServiceDefaults.Health;

namespace OpenClaw.Gateway.Core.Services;

/// <summary>A core whose bus is degraded keeps its clients, but takes no messages.</summary>
internal sealed class BusReadiness(IBus bus) : IReadinessCheck
{
    public IEnumerable<string> Reasons() => bus.Health.Faults;
}
