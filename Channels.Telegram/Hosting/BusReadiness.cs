using OpenClaw.Gateway.Bus;
using OpenClaw.ServiceDefaults.Health;

namespace OpenClaw.Channels.Telegram.Hosting;

/// <summary>Without the bus nothing that comes can be stored, and nobody says which accounts there are.</summary>
internal sealed class BusReadiness(IBus bus) : IReadinessCheck
{
    public IEnumerable<string> Reasons() => bus.Health.Faults;
}
