using OpenClaw.Cli.Diagnosis;
using OpenClaw.Gateway.Bus.Hosting;
using StackExchange.Redis;

namespace OpenClaw.Cli.Commands.Doctor.Checks;

/// <summary>Whether the Redis of a gateway of several processes answers, and keeps what it is given.</summary>
internal sealed class RedisCheck : IDoctorCheck
{
    private const int ConnectTimeoutMs = 4000;

    public string Area => "Gateway";

    public async Task<IReadOnlyList<Finding>> LookAsync(Patient patient, CancellationToken cancellation)
    {
        if (patient.Environment.Get("ConnectionStrings__" + GatewayBusExtensions.ConnectionName) is not { } text)
            return [];
        ConfigurationOptions options;
        try
        {
            options = ConfigurationOptions.Parse(text);
        }
        catch (ArgumentException)
        {
            // Its message quotes what may be the password.
            return [new Finding("redis.invalid", FindingSeverity.Error, "The address of Redis cannot be read", $"ConnectionStrings__{GatewayBusExtensions.ConnectionName} is no connection string such as redis:6379,password=….")];
        }
        options.AbortOnConnectFail = true;
        options.ConnectTimeout = options.SyncTimeout = ConnectTimeoutMs;
        options.ConnectRetry = 1;
        options.AllowAdmin = true;
        var where = string.Join(", ", options.EndPoints.Select(static endpoint => endpoint.ToString()!.Split('/')[^1]));
        try
        {
            using var connection = await ConnectionMultiplexer.ConnectAsync(options).ConfigureAwait(false);
            await connection.GetDatabase().PingAsync().ConfigureAwait(false);
            return await DurabilityAsync(connection, where).ConfigureAwait(false);
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            return
            [
                new Finding("redis.unreachable", FindingSeverity.Error, "Redis does not answer", $"{where}: {(e is RedisConnectionException { FailureType: var kind } ? kind.ToString() : e.GetType().Name)}. Services refuse calls until it does; nothing that was accepted is lost.")
                {
                    Remedy = "start it, or correct the address and the password",
                },
            ];
        }
    }

    /// <summary>A Redis of somebody else may not let itself be asked; then nothing is known.</summary>
    private static async Task<IReadOnlyList<Finding>> DurabilityAsync(ConnectionMultiplexer connection, string where)
    {
        try
        {
            var server = connection.GetServer(connection.GetEndPoints()[0]);
            var settings = (await server.ConfigGetAsync("append*").ConfigureAwait(false)).ToDictionary(static pair => pair.Key, static pair => pair.Value, StringComparer.Ordinal);
            if (settings.GetValueOrDefault("appendonly") == "yes" && settings.GetValueOrDefault("appendfsync") == "always")
                return [];
            return
            [
                new Finding("redis.durability", FindingSeverity.Warning, "Redis may lose what it was given last",
                    $"{where} has appendonly {settings.GetValueOrDefault("appendonly")}, appendfsync {settings.GetValueOrDefault("appendfsync")}: its death can cost accepted messages.")
                {
                    Remedy = "appendonly yes and appendfsync always in its configuration",
                },
            ];
        }
        catch (RedisException)
        {
            return [];
        }
    }
}
