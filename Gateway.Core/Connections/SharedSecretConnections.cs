using Microsoft.Extensions.Hosting;
using OpenClaw.Gateway.Core.Auditing;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Configuration.Options;
using OpenClaw.Gateway.Protocol.Limits;

namespace OpenClaw.Gateway.Core.Connections;

/// <summary>Ends the connections that the gateway's old token or password opened when another one counts. Paired devices have tokens of their own, and stay.</summary>
internal sealed class SharedSecretConnections(ConnectionRegistry connections, ConfigStore configuration, GatewayAuthFlags flags, Audit audit) : IHostedService
{
    private const string CloseReason = "gateway auth changed";

    private long _generation;

    /// <summary>Changes with the secret. A handshake that sees another value at its end than at its start came in with the old one.</summary>
    public long Generation => Interlocked.Read(ref _generation);

    /// <summary>Closes one connection: what is queued for it is sent, what it asks is not done any more.</summary>
    public static bool Close(GatewayConnection connection) => connection.CloseInBackground(CloseCodes.PolicyViolation, CloseReason);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        configuration.Changed += Follow;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        configuration.Changed -= Follow;
        return Task.CompletedTask;
    }

    private void Follow(object? sender, ConfigChangedEventArgs change)
    {
        var before = GatewayAuth.Resolve(change.Previous, flags);
        var now = GatewayAuth.Resolve(change.Current, flags);
        if (before.Mode == now.Mode && before.Secret == now.Secret)
            return;
        Interlocked.Increment(ref _generation);
        // Who asked for the change has to get its answer first.
        audit.SecretChanged(connections.All.Count(connection =>
            connection.Identity?.Credential is Credential.SharedSecret && (connection.Id == change.Requester || Close(connection))));
    }
}
