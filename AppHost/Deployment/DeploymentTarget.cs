namespace OpenClaw.AppHost.Deployment;

/// <summary>What <c>aspire publish</c> writes.</summary>
internal enum DeploymentTarget
{
    /// <summary>A file for Docker Compose.</summary>
    Compose,

    /// <summary>A Helm chart.</summary>
    Kubernetes,
}
