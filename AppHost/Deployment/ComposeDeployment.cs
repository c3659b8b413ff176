using System.Globalization;
using System.Text.RegularExpressions;
using Aspire.Hosting.Docker.Resources;
using Aspire.Hosting.Docker.Resources.ComposeNodes;
using Aspire.Hosting.Docker.Resources.ServiceNodes;
using Aspire.Hosting.Docker.Resources.ServiceNodes.Swarm;
using OpenClaw.AppHost.Services;

namespace OpenClaw.AppHost.Deployment;

/// <summary>The gateway under Docker Compose.</summary>
internal static partial class ComposeDeployment
{
    /// <summary>Without these nothing starts, so the command says which one is missing.</summary>
    private static readonly string[] Required = ["GATEWAY_TOKEN", "SERVICE_SECRET", "REDIS_PASSWORD"];

    public static void AddComposeDeployment(this IDistributedApplicationBuilder builder) =>
        builder.AddDockerComposeEnvironment("compose").WithDashboard(false).ConfigureComposeFile(Complete);

    public static void AsComposeService(this IResourceBuilder<RedisResource> redis) =>
        redis.PublishAsDockerComposeService((_, service) =>
        {
            Harden(service, ImageUser.Redis);
            // With the password from the environment, which other programs of the machine cannot read.
            service.Healthcheck = Check("CMD-SHELL", "REDISCLI_AUTH=$$REDIS_PASSWORD redis-cli ping | grep -q PONG");
        });

    public static void AsComposeService(this IResourceBuilder<ProjectResource> project) =>
        project.PublishAsDockerComposeService((resource, service) =>
        {
            Harden(service, ImageUser.Service);
            service.Image = $"${{{service.Name.ToUpperInvariant()}_IMAGE:-openclaw-{service.Name}:latest}}";
            // The image has no shell and no curl: the program asks itself.
            service.Healthcheck = Check("CMD", "dotnet", $"/app/OpenClaw.{ProgramOf(project.Resource)}.dll", "--probe", $"http://127.0.0.1:{ServiceExtensions.ContainerPort}/readyz");
            if (project.Resource.GetReplicaCount() is > 1 and var replicas)
                service.Deploy = new Deploy { Replicas = replicas };
        });

    /// <summary>What is known only when all services are there: when each is healthy enough for the next, and which values must be given.</summary>
    private static void Complete(ComposeFile file)
    {
        file.Name = "openclaw";
        foreach (var service in file.Services.Values)
        {
            foreach (var dependency in service.DependsOn.Values)
                dependency.Condition = "service_healthy";
            foreach (var (name, value) in service.Environment)
                service.Environment[name] = Placeholder().Replace(value, static match => Required.Contains(match.Groups[1].Value) ? $"${{{match.Groups[1].Value}:?is not set, see env.example}}" : match.Value);
        }
    }

    private static void Harden(Service service, int user)
    {
        service.User = user.ToString(CultureInfo.InvariantCulture);
        service.CapDrop = ["ALL"];
        service.SecurityOpt = ["no-new-privileges:true"];
        service.Restart = "unless-stopped";
    }

    private static Healthcheck Check(params string[] test) => new() { Test = [.. test], Interval = "5s", Timeout = "5s", Retries = 3, StartPeriod = "30s" };

    /// <summary>Name of a program, which is that of its project: <c>Gateway.Core</c>.</summary>
    private static string ProgramOf(ProjectResource project) => Path.GetFileNameWithoutExtension(project.GetProjectMetadata().ProjectPath);

    [GeneratedRegex(@"\$\{(\w+)\}")]
    private static partial Regex Placeholder();
}
