using System.Text.Json;
using Microsoft.AspNetCore.Http;
using OpenClaw.Gateway.Core.Auditing;
using OpenClaw.Gateway.Core.Connections;
using OpenClaw.Gateway.Core.Devices;
using OpenClaw.Gateway.Core.Nodes;
using OpenClaw.Gateway.Protocol.Connect;
using OpenClaw.Gateway.Protocol.Errors;
using OpenClaw.Gateway.Protocol.Frames;
using OpenClaw.Gateway.Protocol.Json;
using OpenClaw.Gateway.Protocol.Limits;
using OpenClaw.Gateway.Protocol.Schema;

namespace OpenClaw.Gateway.Core.Handshake;

/// <summary>Turns a socket's first message into <c>hello-ok</c> or into a refusal.</summary>
internal sealed class HandshakeSession(
    ConnectHandshake handshake, HelloComposer hello, ConnectionLifecycle lifecycle, NodeArrivals arrivals, DeviceConnections devices, SharedSecretConnections secrets, DeviceTokens tokens, PairingNotices notices, Audit audit)
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
            return await RefuseAsync(connection, id, new HandshakeRefused(ErrorShape.InvalidRequest(FirstMustBeConnect), FirstMustBeConnect), http).ConfigureAwait(false);
        if (ReadParams(request.ParamsJson, out var parameters) is { } errors)
        {
            var text = "invalid connect params: " + errors;
            return await RefuseAsync(connection, id, new HandshakeRefused(ErrorShape.InvalidRequest(text), text), http).ConfigureAwait(false);
        }

        var generation = devices.Generation;
        var secret = secrets.Generation;
        var outcome = await handshake.DecideAsync(parameters!, http, nonce, cancellationToken).ConfigureAwait(false);
        if (outcome is HandshakeRefused refused)
            return await RefuseAsync(connection, id, refused, http, parameters).ConfigureAwait(false);
        if (cancellationToken.IsCancellationRequested)
            return false;
        var accepted = (HandshakeAccepted)outcome;
        connection.Identity = accepted.Identity;
        Announce(connection, accepted);
        lifecycle.Admit(connection);
        // What the arrival causes is done before the client can know that it arrived.
        connection.Outbound.Hold();
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
        await arrivals.GreetAsync(connection).ConfigureAwait(false);
        await arrivals.NoteAsync(connection).ConfigureAwait(false);
        await connection.Outbound.ReleaseAsync().ConfigureAwait(false);
        audit.Admitted(connection.Id, accepted.Identity);
        // A token that ended while its device was on the way in found no connection to close.
        if (accepted is { Token: { } token, Identity.DeviceId: { } deviceId } && devices.Generation != generation
            && !await tokens.IsCurrentAsync(deviceId, token, connection.Aborted).ConfigureAwait(false))
        {
            DeviceConnections.Close(connection);
        }
        if (accepted.Identity.Credential is Credential.SharedSecret && secrets.Generation != secret)
            SharedSecretConnections.Close(connection);
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

    private async Task<bool> RefuseAsync(GatewayConnection connection, ReadOnlyMemory<byte> id, HandshakeRefused refused, HttpContext http, ConnectParams? parameters = null)
    {
        audit.Refused(connection.Id, http.Connection.RemoteIpAddress?.ToString(), parameters?.Device?.Id, refused.Error.Code, refused.CloseReason);
        if (refused.NewRequest is { } request)
        {
            audit.PairingRequested(connection.Id, request);
            notices.Requested(request);
        }
        connection.SendError(id, refused.Error);
        await connection.CloseAsync(refused.CloseCode, refused.CloseReason).ConfigureAwait(false);
        return false;
    }

    private void Announce(GatewayConnection connection, HandshakeAccepted accepted)
    {
        foreach (var request in accepted.Approved)
        {
            audit.PairingApproved(AuditActor.Of(accepted.Identity, connection.Id), request);
            notices.Resolved(request, approved: true);
        }
    }
}
