using OpenClaw.Gateway.Core.Broadcasting;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Connections;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Core.Health;
using OpenClaw.Gateway.Core.Presence;
using OpenClaw.Gateway.Protocol.Connect;
using OpenClaw.Gateway.Protocol.Events;
using OpenClaw.Gateway.Protocol.Limits;

namespace OpenClaw.Gateway.Core.Handshake;

/// <summary>Composes <c>hello-ok</c>.</summary>
internal sealed class HelloComposer(
    MethodRegistry methods, PresenceStore presence, HealthReporter health, StateVersions versions, GatewaySelf self, GatewayEnvironment environment,
    ISessionRouting routing, ProcessClock clock)
{
    private static readonly string[] Events =
    [
        EventNames.ConnectChallenge, EventNames.Agent, EventNames.Chat, EventNames.Presence, EventNames.Tick, EventNames.TalkMode, EventNames.Shutdown, EventNames.Health,
        EventNames.NodePairRequested, EventNames.NodePairResolved, EventNames.NodeInvokeRequest, EventNames.DevicePairRequested, EventNames.DevicePairResolved,
        EventNames.VoiceWakeChanged, EventNames.ExecApprovalRequested, EventNames.ExecApprovalResolved,
    ];

    public async Task<HelloOk> ComposeAsync(GatewayConnection connection, HandshakeAccepted accepted)
    {
        var identity = accepted.Identity;
        // Protocol 4 tells paths only to admins; the clients of protocol 3 expect them always.
        var showPaths = identity.Protocol < 4 || identity.IsAdmin;
        return new HelloOk
        {
            Protocol = identity.Protocol,
            Server = new HelloServer { Version = self.Version, Commit = self.Commit, Host = self.Host, ConnId = connection.Id },
            Features = new HelloFeatures { Methods = methods.Advertised, Events = Events },
            Snapshot = new HelloSnapshot
            {
                Presence = presence.List(),
                Health = await health.LastAsync().ConfigureAwait(false),
                StateVersion = versions.Current,
                UptimeMs = clock.UptimeMs,
                ConfigPath = showPaths ? environment.ConfigPath : null,
                StateDir = showPaths ? environment.StateDirectory : null,
                SessionDefaults = routing.Defaults,
            },
            Auth = accepted.Token is null && identity.Protocol < 4 ? null : new HelloAuth
            {
                DeviceToken = accepted.Token?.Token,
                Role = identity.Role,
                // Protocol 4 tells what the connection may do, protocol 3 what its token is good for.
                Scopes = identity.Protocol < 4 && accepted.Token is { } held ? held.Scopes : identity.Scopes,
                IssuedAtMs = accepted.Token?.IssuedAtMs,
                DeviceTokens = accepted.OtherTokens.IsEmpty
                    ? null
                    : [.. accepted.OtherTokens.Select(token => new HelloDeviceToken { DeviceToken = token.Token, Role = token.Role, Scopes = token.Scopes, IssuedAtMs = token.IssuedAtMs })],
            },
            Policy = new HelloPolicy
            {
                MaxPayload = ProtocolLimits.MaxPayloadBytes,
                MaxBufferedBytes = ProtocolLimits.MaxBufferedBytes,
                TickIntervalMs = ProtocolLimits.TickIntervalMs,
            },
        };
    }
}
