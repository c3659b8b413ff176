using OpenClaw.Gateway.Edge.Destinations;
using OpenClaw.ServiceDefaults.Health;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Model;

namespace OpenClaw.Gateway.Edge.Forwarding;

/// <summary>The edge is ready when each service behind it has an instance that answers its probes.</summary>
internal sealed class ServiceReadiness(IProxyStateLookup state, ProbePolicy probes) : IReadinessCheck
{
    public IEnumerable<string> Reasons() => state.GetClusters()
        .Where(static service => !service.Destinations.Values.Any(static instance => instance.Health.Active is DestinationHealth.Healthy))
        .Select(service => service.Destinations.Values.Any(probes.Refuses)
            ? $"The {service.ClusterId} service refuses this edge's signature: OPENCLAW_SERVICE_SECRET differs, or is missing on one side, or the clocks differ."
            : $"No instance of the {service.ClusterId} service answers.");
}
