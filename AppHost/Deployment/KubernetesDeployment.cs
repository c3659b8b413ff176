using Aspire.Hosting.Kubernetes.Resources;
using KubernetesPods = Aspire.Hosting.Kubernetes.Resources.Deployment;

namespace OpenClaw.AppHost.Deployment;

/// <summary>The gateway on Kubernetes, as a Helm chart.</summary>
internal static class KubernetesDeployment
{
    public static void AddKubernetesDeployment(this IDistributedApplicationBuilder builder, int cores) =>
        builder.AddKubernetesEnvironment("kubernetes").WithDashboard(false).WithHelm(static chart => chart.WithChartName("openclaw")).WithProperties(environment =>
        {
            environment.DefaultStorageType = "pvc";
            // Cores on several nodes share one state directory.
            environment.DefaultStorageReadWritePolicy = cores > 1 ? "ReadWriteMany" : "ReadWriteOnce";
        });

    public static void AsKubernetesWorkload(this IResourceBuilder<RedisResource> redis) =>
        redis.PublishAsKubernetesService(resource =>
        {
            var container = Harden(resource.Workload!.PodTemplate.Spec, ImageUser.Redis);
            container.ReadinessProbe = Ping();
            container.LivenessProbe = Ping();
        });

    public static void AsKubernetesWorkload(this IResourceBuilder<ProjectResource> project) =>
        project.PublishAsKubernetesService(static resource =>
        {
            var container = Harden(resource.Workload!.PodTemplate.Spec, ImageUser.Service);
            // Kubernetes refuses the lower case that the generator writes.
            foreach (var probe in (ProbeV1?[])[container.ReadinessProbe, container.LivenessProbe])
                probe?.HttpGet?.Scheme = "HTTP";
            // A volume that one node has is free for the next pod when the last has gone.
            if (container.VolumeMounts.Count > 0 && resource.Workload is KubernetesPods { Spec: { Replicas: 1 } spec })
                spec.Strategy = new DeploymentStrategyV1 { Type = "Recreate", RollingUpdate = null! };
        });

    private static ProbeV1 Ping() => new()
    {
        Exec = new ExecActionV1 { Command = { "/bin/sh", "-c", "REDISCLI_AUTH=$REDIS_PASSWORD redis-cli ping | grep -q PONG" } },
        PeriodSeconds = 5,
        TimeoutSeconds = 5,
    };

    private static ContainerV1 Harden(PodSpecV1 pod, int user)
    {
        pod.AutomountServiceAccountToken = false;
        pod.SecurityContext = new PodSecurityContextV1 { RunAsNonRoot = true, RunAsUser = user, RunAsGroup = user, FsGroup = user, SeccompProfile = new SeccompProfileV1 { Type = "RuntimeDefault" } };
        var container = pod.Containers.Single();
        container.SecurityContext = new SecurityContextV1 { AllowPrivilegeEscalation = false, Capabilities = new CapabilitiesV1 { Drop = { "ALL" } } };
        return container;
    }
}
