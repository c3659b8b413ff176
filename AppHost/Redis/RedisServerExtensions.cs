using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace OpenClaw.AppHost.Redis;

/// <summary>Adds <see cref="RedisServerResource"/>.</summary>
internal static class RedisServerExtensions
{
    /// <summary>Adds Redis as a program of this machine.</summary>
    /// <param name="builder">The app model.</param>
    /// <param name="name">Name of the resource, and of the connection string.</param>
    /// <param name="program">The program, absolute.</param>
    /// <param name="directory">Where it keeps its data, absolute; made when it is missing.</param>
    public static IResourceBuilder<RedisServerResource> AddRedisServer(this IDistributedApplicationBuilder builder, string name, string program, string directory)
    {
        var password = ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-password", special: false);
        var server = new RedisServerResource(name, program, directory, password);
        var check = $"{name}_check";
        builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(check, _ => new RedisPing(server), failureStatus: null, tags: null));
        return builder.AddResource(server)
            .WithEndpoint(name: RedisServerResource.EndpointName, scheme: "redis")
            .WithArgs(context =>
            {
                context.Args.Add(server.SettingsFile);
                context.Args.Add("--port");
                context.Args.Add(server.Endpoint.Property(EndpointProperty.TargetPort));
            })
            .OnBeforeResourceStarted((resource, _, cancellation) => WriteSettingsAsync(resource, cancellation))
            .WithHealthCheck(check)
            .WithIconName("Database");
    }

    private static async Task WriteSettingsAsync(RedisServerResource server, CancellationToken cancellation)
    {
        var settings = $"""
            bind 127.0.0.1 -::1
            requirepass {await server.Password.GetValueAsync(cancellation).ConfigureAwait(false)}
            appendonly yes
            appendfsync always
            save ""
            """;
        Directory.CreateDirectory(server.WorkingDirectory);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(server.WorkingDirectory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        await using var file = new StreamWriter(server.SettingsFile, options);
        await file.WriteAsync(settings.AsMemory(), cancellation).ConfigureAwait(false);
    }
}
