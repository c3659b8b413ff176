using OpenClaw.AppHost.Services;

namespace OpenClaw.AppHost.Deployment;

/// <summary>Turns the app model into files that need neither it nor Aspire.</summary>
internal static class DeploymentExtensions
{
    /// <summary>Says how the resources run where they are deployed. Changes nothing while the AppHost runs them itself.</summary>
    /// <param name="builder">The app model.</param>
    /// <param name="settings">Which files are wanted.</param>
    /// <param name="redis">Redis.</param>
    /// <param name="services">The services.</param>
    public static void AddDeployment(
        this IDistributedApplicationBuilder builder, AppHostSettings settings, IResourceBuilder<IResourceWithConnectionString> redis, params ReadOnlySpan<IResourceBuilder<ProjectResource>> services)
    {
        if (!builder.ExecutionContext.IsPublishMode)
            return;
        var container = redis as IResourceBuilder<RedisResource>;
        if (settings.Deployment is DeploymentTarget.Compose)
        {
            builder.AddComposeDeployment();
            container?.AsComposeService();
            foreach (var service in services)
                service.AsComposeService();
        }
        else
        {
            builder.AddKubernetesDeployment(settings.Cores);
            container?.AsKubernetesWorkload();
            foreach (var service in services)
                service.AsKubernetesWorkload();
        }
    }
}
