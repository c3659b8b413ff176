using System.Net.NetworkInformation;

namespace OpenClaw.AppHost.Services;

/// <summary>What the gateway's services need of the app model.</summary>
internal static class ServiceExtensions
{
    /// <summary>Port inside a container, where nobody else can have it.</summary>
    public const int ContainerPort = 8080;

    /// <summary>Home directory in an image; it belongs to the user that an image runs as, and so does a volume that is mounted there.</summary>
    private const string ContainerHome = "/home/app";

    /// <summary>A secret of 32 characters: more than can be guessed, and as many as the services ask for.</summary>
    /// <param name="builder">The app model.</param>
    /// <param name="name">Name of the parameter.</param>
    /// <param name="keep">Whether the next start has the same one, in the user secrets.</param>
    public static IResourceBuilder<ParameterResource> AddSecret(this IDistributedApplicationBuilder builder, string name, bool keep) =>
        builder.AddParameter(name, new GenerateParameterDefault { MinLength = 32, Special = false }, secret: true, persist: keep);

    /// <summary>An HTTP endpoint that is healthy when the service says that it can work.</summary>
    /// <param name="service">The service.</param>
    /// <param name="port">The port for callers; null for any.</param>
    /// <exception cref="DistributedApplicationException">Somebody else has the port.</exception>
    public static IResourceBuilder<ProjectResource> WithServiceEndpoint(this IResourceBuilder<ProjectResource> service, int? port = null)
    {
        if (port is { } wanted && IsTaken(service.ApplicationBuilder, wanted))
            throw new DistributedApplicationException($"Port {wanted} is taken, perhaps by a gateway that runs already. Stop what has it, or set Parameters:port.");
        // In a container the port is told as PORT, on all its addresses; on this machine as an address that nobody outside can reach.
        var (targetPort, variable) = service.ApplicationBuilder.ExecutionContext.IsPublishMode ? ((int?)ContainerPort, "PORT") : (null, null);
        return service
            // Otherwise a deployed service would believe every caller about where it comes from.
            .DisableForwardedHeaders()
            .WithHttpEndpoint(port ?? targetPort, targetPort, env: variable)
            .WithHttpProbe(ProbeType.Readiness, "/readyz", timeoutSeconds: 5)
            .WithHttpProbe(ProbeType.Liveness, "/healthz", timeoutSeconds: 5);
    }

    /// <summary>The variables that hold the keys of models, each a parameter, e.g. <c>openai-api-key</c>. One that nobody gives is empty.</summary>
    /// <param name="service">The service.</param>
    /// <param name="variables">Names of the variables.</param>
    public static IResourceBuilder<ProjectResource> WithModelKeys(this IResourceBuilder<ProjectResource> service, params ReadOnlySpan<string> variables)
    {
        var builder = service.ApplicationBuilder;
        foreach (var variable in variables)
        {
            var name = variable.ToLowerInvariant().Replace('_', '-');
            // The shell's own variable counts too, as it does for a gateway that runs by itself.
            var key = builder.AddParameter(name, () => builder.Configuration[$"Parameters:{name}"] ?? builder.Configuration[variable] ?? "", secret: true);
            service.WithEnvironment(variable, key);
        }
        return service;
    }

    /// <summary>Where the service has its files: a directory of this machine, or a volume of its container.</summary>
    /// <param name="service">The service.</param>
    /// <param name="directory">The directory, absolute.</param>
    public static IResourceBuilder<ProjectResource> WithState(this IResourceBuilder<ProjectResource> service, string directory) =>
        service.ApplicationBuilder.ExecutionContext.IsPublishMode
            ? service.WithAnnotation(new ContainerMountAnnotation("openclaw-home", ContainerHome, ContainerMountType.Volume, isReadOnly: false))
            : service.WithEnvironment("OPENCLAW_STATE_DIR", directory);

    /// <summary>Otherwise the endpoint would be there and nobody behind it, without a word.</summary>
    private static bool IsTaken(IDistributedApplicationBuilder builder, int port) =>
        builder.ExecutionContext.IsRunMode
        // Tests get other ports than they ask for.
        && !string.Equals(builder.Configuration["DcpPublisher:RandomizePorts"], "true", StringComparison.OrdinalIgnoreCase)
        && IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Any(listener => listener.Port == port);
}
