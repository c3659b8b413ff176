using Microsoft.Extensions.Configuration;
using OpenClaw.AppHost.Services;

namespace OpenClaw.AppHost.Redis;

/// <summary>Adds the Redis that is between the processes.</summary>
internal static class GatewayRedisExtensions
{
    private static readonly string[] Programs = ["redis-server", "valkey-server"];

    /// <summary>
    /// Adds Redis: one that runs elsewhere when its connection string is given, else a container, else, on a machine without a container
    /// engine, the program. All have the name and the connection string in common.
    /// </summary>
    /// <param name="builder">The app model.</param>
    /// <param name="name">Name of the resource, and of the connection string.</param>
    /// <param name="settings">Which one, when not the first that works, and where the program may keep its data.</param>
    /// <exception cref="DistributedApplicationException">There is none.</exception>
    public static IResourceBuilder<IResourceWithConnectionString> AddGatewayRedis(this IDistributedApplicationBuilder builder, string name, AppHostSettings settings)
    {
        if (!string.IsNullOrEmpty(builder.Configuration.GetConnectionString(name)))
            return builder.AddConnectionString(name);
        if (builder.ExecutionContext.IsPublishMode || settings.Redis is "container" || (settings.Redis is null && ContainerEngine.IsRunning(builder.Configuration)))
            return builder.AddRedis(name).WithoutHttpsCertificate().WithAppendOnlyFile().WithVolume("openclaw-redis", "/data");
        var program = Find(builder.Configuration["PATH"]) ?? throw new DistributedApplicationException(
            $"Redis is needed: {(settings.Redis is null ? "no container engine answers" : "Parameters:redis is 'program'")}, and none of {string.Join(", ", Programs)} is on the PATH. Install one, or set ConnectionStrings:{name}.");
        return builder.AddRedisServer(name, program, Path.Combine(settings.StateDirectory, "redis"));
    }

    /// <summary>Every accepted message is on disk before it is answered for; the queues are in there.</summary>
    private static IResourceBuilder<RedisResource> WithAppendOnlyFile(this IResourceBuilder<RedisResource> redis) =>
        redis.WithArgs(context =>
        {
            // A published one is started by a shell, with the whole command as the last argument.
            if (context.ExecutionContext.IsPublishMode)
            {
                var command = $"{context.Args[^1]} --appendonly yes --appendfsync always";
                // A password may hold what the shell would take apart.
                context.Args[^1] = command.Replace("$REDIS_PASSWORD", "\"$REDIS_PASSWORD\"", StringComparison.Ordinal);
                return;
            }
            foreach (var argument in (string[])["--appendonly", "yes", "--appendfsync", "always"])
                context.Args.Add(argument);
        });

    private static string? Find(string? path) => (path ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(directory => Programs.Select(program => Path.Combine(directory, program)))
        .FirstOrDefault(File.Exists);
}
