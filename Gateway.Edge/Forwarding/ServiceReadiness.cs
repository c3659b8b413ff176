using OpenClaw.ServiceDefaults.Health;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Model;

namespace OpenClaw.Gateway.Edge.Forwarding;

/// <summary>The edge is ready when each service behind it has an instance that answers its probes.</summary>
internal sealed class ServiceReadiness(IProxyStateLookup state) : IReadinessCheck
{
    public IEnumerable<string> Reasons() => state.GetClusters()
        .Where(static service => !service.Destinations.Values.Any(static instance => instance.Health.Active is DestinationHealth.Healthy))
        .Select(static service => $"No instance of the {service.ClusterId} service answers.");
}
