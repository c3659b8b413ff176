using Aspire.Hosting.Kubernetes.Resources;
using KubernetesPods = Aspire.Hosting.Kubernetes.Resources.Deployment;

namespace OpenClaw.AppHost.Deployment;

/// <summary>The gateway on Kubernetes, as a Helm chart.</summary>
internal static class KubernetesDeployment
{
    private const int RedisPort = 6379;

    private const int StatelessReplicas = 2;

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
            // A Redis that reads its log answers PING with an error, for minutes when there is much: it gets no callers then, and is not killed.
            container.ReadinessProbe = Ping();
            container.LivenessProbe = Listens();
            container.StartupProbe = Listens(failureThreshold: 60);
            HelmSecrets.Seal(resource.Secret);
            if (resource.Workload is StatefulSet { Spec: { } spec } && resource.Service is { } service)
                spec.ServiceName = service.Metadata.Name;
        });

    public static void AsKubernetesWorkload(this IResourceBuilder<ProjectResource> project) =>
        project.PublishAsKubernetesService(static resource =>
        {
            var container = Harden(resource.Workload!.PodTemplate.Spec, ImageUser.Service);
            // Kubernetes refuses the lower case that the generator writes.
            foreach (var probe in (ProbeV1?[])[container.ReadinessProbe, container.LivenessProbe])
                probe?.HttpGet?.Scheme = "HTTP";
            container.StartupProbe = Answers(container.LivenessProbe!.HttpGet!);
            HelmSecrets.Seal(resource.Secret);
            // Who has no files can be there twice, and is never away for an upgrade.
            if (container.VolumeMounts.Count == 0 && resource.Workload is KubernetesPods { Spec: { } stateless })
            {
                stateless.Replicas = Math.Max(stateless.Replicas ?? 1, StatelessReplicas);
                stateless.Strategy = new DeploymentStrategyV1 { Type = "RollingUpdate", RollingUpdate = new RollingUpdateDeploymentV1 { MaxSurge = 1, MaxUnavailable = 0 } };
            }
            // A volume that one node has is free for the next pod when the last has gone.
            if (container.VolumeMounts.Count > 0 && resource.Workload is KubernetesPods { Spec: { Replicas: 1 } spec })
                spec.Strategy = new DeploymentStrategyV1 { Type = "Recreate", RollingUpdate = null! };
        });

    /// <summary>A start reads what was not answered yet, and a core that has much of it needs its time.</summary>
    private static ProbeV1 Answers(HttpGetActionV1 request) => new()
    {
        HttpGet = new HttpGetActionV1 { Scheme = request.Scheme, Path = request.Path, Port = request.Port },
        PeriodSeconds = 2,
        TimeoutSeconds = 5,
        FailureThreshold = 90,
    };

    private static ProbeV1 Listens(int failureThreshold = 6) => new() { TcpSocket = new TcpSocketActionV1 { Port = RedisPort }, PeriodSeconds = 5, TimeoutSeconds = 5, FailureThreshold = failureThreshold };

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
