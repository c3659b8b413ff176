using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Core.Broadcasting;
using OpenClaw.Gateway.Core.Connections;
using OpenClaw.Gateway.Core.Devices;
using OpenClaw.Gateway.Protocol.Connect;
using OpenClaw.Gateway.Protocol.Errors;
using OpenClaw.Gateway.Protocol.Events;
using OpenClaw.Gateway.Protocol.Frames;
using OpenClaw.Gateway.Protocol.Json;
using OpenClaw.Gateway.Protocol.Limits;
using OpenClaw.Gateway.Protocol.Schema;
using OpenClaw.Gateway.Protocol.Scopes;

namespace OpenClaw.Gateway.Core.Handshake;

/// <summary>Turns a socket's first message into <c>hello-ok</c> or into a refusal.</summary>
internal sealed partial class HandshakeSession(
    ConnectHandshake handshake, HelloComposer hello, ConnectionLifecycle lifecycle, Broadcaster broadcaster, TimeProvider time, ILogger<HandshakeSession> logger)
{
    private const string FirstMustBeConnect = "invalid handshake: first request must be connect";

    /// <summary>True when the connection is admitted.</summary>
    public async Task<bool> CompleteAsync(GatewayConnection connection, ReadOnlyMemory<byte> message, HttpContext http, string nonce, CancellationToken cancellationToken)
    {
        switch (RequestFrameReader.Read(message, out var request))
        {
            case FrameReadStatus.NotJson:
                await connection.CloseAsync(CloseCodes.Normal, "").ConfigureAwait(false);
                return false;
            case FrameReadStatus.Invalid:
                await connection.CloseAsync(CloseCodes.PolicyViolation, "invalid request frame").ConfigureAwait(false);
                return false;
        }
        ReadOnlyMemory<byte> id = request.IdJson.ToArray();
        if (!request.MethodUtf8.Span.SequenceEqual("connect"u8))
            return await RefuseAsync(connection, id, new HandshakeRefused(ErrorShape.InvalidRequest(FirstMustBeConnect), FirstMustBeConnect)).ConfigureAwait(false);
        if (ReadParams(request.ParamsJson, out var parameters) is { } errors)
        {
            var text = "invalid connect params: " + errors;
            return await RefuseAsync(connection, id, new HandshakeRefused(ErrorShape.InvalidRequest(text), text)).ConfigureAwait(false);
        }

        var outcome = await handshake.DecideAsync(parameters!, http, nonce, cancellationToken).ConfigureAwait(false);
        if (outcome is HandshakeRefused refused)
            return await RefuseAsync(connection, id, refused).ConfigureAwait(false);
        if (cancellationToken.IsCancellationRequested)
            return false;
        var accepted = (HandshakeAccepted)outcome;
        Announce(accepted.Approved);
        connection.Identity = accepted.Identity;
        lifecycle.Admit(connection);
        try
        {
            var greeting = await hello.ComposeAsync(connection, accepted).ConfigureAwait(false);
            connection.SendOk(id, JsonSerializer.SerializeToUtf8Bytes(greeting, ProtocolJson.Context.HelloOk));
        }
        catch
        {
            lifecycle.Disconnected(connection);
            throw;
        }
        lifecycle.Connected(connection);
        var identity = accepted.Identity;
        LogAccepted(logger, connection.Id, identity.Client.Id, identity.Client.Mode, identity.Role, string.Join(',', identity.Scopes), identity.Protocol, identity.IsLocal);
        return true;
    }

    private static string? ReadParams(ReadOnlyMemory<byte> json, out ConnectParams? parameters)
    {
        parameters = null;
        if (json.IsEmpty)
            return "must be object";
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = ProtocolLimits.MaxDepth });
            if (SchemaValidator.Validate(ProtocolJson.SchemaOf<ConnectParams>(), document.RootElement) is { } errors)
                return errors;
            parameters = document.RootElement.Deserialize(ProtocolJson.Context.ConnectParams);
            return null;
        }
        catch (Exception e) when (e is InvalidOperationException or JsonException)
        {
            return "at root: must be well-formed Unicode";
        }
    }

    private async Task<bool> RefuseAsync(GatewayConnection connection, ReadOnlyMemory<byte> id, HandshakeRefused refused)
    {
        LogRefused(logger, connection.Id, refused.Error.Code, refused.Error.Message);
        if (refused.NewRequest is { } request)
        {
            broadcaster.Broadcast(
                EventNames.DevicePairRequested, request, DeviceEventsJsonContext.Default.PairingRequest, WhenSlow.Drop, identity => identity.Has(OperatorScopes.Pairing));
        }
        connection.SendError(id, refused.Error);
        await connection.CloseAsync(refused.CloseCode, refused.CloseReason).ConfigureAwait(false);
        return false;
    }

    private void Announce(IEnumerable<PairingRequest> approved)
    {
        foreach (var request in approved)
        {
            LogPaired(logger, request.DeviceId, request.ClientId, request.Role);
            var resolved = new PairingResolved
            {
                RequestId = request.RequestId,
                DeviceId = request.DeviceId,
                Decision = "approved",
                Ts = time.GetUtcNow().ToUnixTimeMilliseconds(),
            };
            broadcaster.Broadcast(
                EventNames.DevicePairResolved, resolved, DeviceEventsJsonContext.Default.PairingResolved, WhenSlow.Drop, identity => identity.Has(OperatorScopes.Pairing));
        }
    }

    [LoggerMessage(1301, LogLevel.Information, "Connection {ConnectionId} admitted: client {ClientId} ({Mode}), role {Role}, scopes [{Scopes}], protocol {Protocol}, local {IsLocal}.")]
    private static partial void LogAccepted(ILogger logger, string connectionId, string clientId, string mode, string role, string scopes, int protocol, bool isLocal);

    [LoggerMessage(1302, LogLevel.Information, "Connection {ConnectionId} refused: {Code} {Reason}")]
    private static partial void LogRefused(ILogger logger, string connectionId, string code, string reason);

    [LoggerMessage(1303, LogLevel.Information, "Device {DeviceId} ({ClientId}) paired as {Role}: it connected from this machine.")]
    private static partial void LogPaired(ILogger logger, string deviceId, string? clientId, string? role);
}
