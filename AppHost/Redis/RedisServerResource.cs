namespace OpenClaw.AppHost.Redis;

/// <summary>Redis as a program of this machine, with the name and the connection string that the container would have.</summary>
/// <param name="name">Name of the resource, and of the connection string.</param>
/// <param name="program">The program, absolute.</param>
/// <param name="directory">Where it keeps its data, absolute.</param>
/// <param name="password">What clients must know.</param>
internal sealed class RedisServerResource(string name, string program, string directory, ParameterResource password)
    : ExecutableResource(name, program, directory), IResourceWithConnectionString
{
    public const string EndpointName = "tcp";

    public EndpointReference Endpoint => new(this, EndpointName);

    public ParameterResource Password { get; } = password;

    /// <summary>The settings file. It holds the password, which other users could read in a process list.</summary>
    public string SettingsFile => Path.Combine(WorkingDirectory, "redis.conf");

    public ReferenceExpression ConnectionStringExpression =>
        ReferenceExpression.Create($"{Endpoint.Property(EndpointProperty.HostAndPort)},password={Password}");
}
