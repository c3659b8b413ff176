namespace OpenClaw.AppHost.Deployment;

/// <summary>Who the programs run as in their images: never root.</summary>
internal static class ImageUser
{
    /// <summary>The user <c>app</c> of Microsoft's .NET images.</summary>
    public const int Service = 1654;

    /// <summary>The user <c>redis</c> of the Redis image.</summary>
    public const int Redis = 999;
}
