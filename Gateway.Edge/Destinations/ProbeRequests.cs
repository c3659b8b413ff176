using OpenClaw.ServiceDefaults.Health;
using OpenClaw.ServiceDefaults.Trust;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace OpenClaw.Gateway.Edge.Destinations;

/// <summary>Probes are signed like everything that is forwarded, so that an instance with another secret is found by them and not by clients.</summary>
internal sealed class ProbeRequests(ServiceSecret secret, TimeProvider time) : IProbingRequestFactory
{
    public HttpRequestMessage CreateRequest(ClusterModel cluster, DestinationModel destination)
    {
        // Liveness, not readiness: a core that lost its bus still serves its clients.
        var address = new Uri(new Uri(destination.Config.Address), HealthEndpoints.Live);
        var request = new HttpRequestMessage(HttpMethod.Get, address) { Version = new Version(1, 1), VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        request.Headers.TryAddWithoutValidation(OriginSignature.HeaderName, OriginSignature.ForProbe(secret, address.Authority, time.GetUtcNow()));
        return request;
    }
}
