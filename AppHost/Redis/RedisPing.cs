using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace OpenClaw.AppHost.Redis;

/// <summary>Healthy when the server answers PING to somebody who knows the password. The program itself may be up long before, reading its data.</summary>
internal sealed class RedisPing(RedisServerResource server) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(server.Endpoint.Host, server.Endpoint.Port, cancellationToken).ConfigureAwait(false);
            var stream = client.GetStream();
            var password = await server.Password.GetValueAsync(cancellationToken).ConfigureAwait(false);
            await stream.WriteAsync(Encoding.UTF8.GetBytes($"AUTH {password}\r\nPING\r\n"), cancellationToken).ConfigureAwait(false);
            using var answers = new StreamReader(stream, Encoding.UTF8);
            var admitted = await answers.ReadLineAsync(cancellationToken).ConfigureAwait(false);
            var pong = admitted is "+OK" ? await answers.ReadLineAsync(cancellationToken).ConfigureAwait(false) : null;
            return pong is "+PONG" ? HealthCheckResult.Healthy() : new HealthCheckResult(context.Registration.FailureStatus, pong ?? admitted ?? "The connection was closed.");
        }
        catch (Exception failure) when (failure is SocketException or IOException)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, failure.Message);
        }
    }
}
