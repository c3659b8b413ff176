using System.Text.Json;
using Microsoft.AspNetCore.Http;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Configuration.Options;
using OpenClaw.Gateway.Core.Connections;
using OpenClaw.Gateway.Core.Devices;
using OpenClaw.Gateway.Core.RateLimiting;
using OpenClaw.Gateway.Protocol.Connect;
using OpenClaw.Gateway.Protocol.Devices;
using OpenClaw.Gateway.Protocol.Errors;
using OpenClaw.Gateway.Protocol.Limits;
using OpenClaw.Gateway.Protocol.Scopes;

namespace OpenClaw.Gateway.Core.Handshake;

/// <summary>
/// Decides about a connect request. Order of the checks (protocol page 2.3): version, role, scopes, browser origin, shared secret,
/// no device, device proof, device token, unauthorized, pairing.
/// </summary>
internal sealed class ConnectHandshake(
    ConfigStore configuration, GatewayAuthFlags authFlags, DevicePairing pairing, DeviceTokens tokens, BootstrapTokens bootstrapTokens, FailedAuthLimiter failures, TimeProvider time)
{
    private const int MaxDescriptionChars = 200;

    /// <summary>Far above what there is; they are written into files for a device that waits.</summary>
    private const int MaxScopes = 100;

    private const int MaxScopeChars = 200;

    public async Task<HandshakeOutcome> DecideAsync(ConnectParams request, HttpContext http, string nonce, CancellationToken cancellationToken)
    {
        var snapshot = configuration.Current;
        var options = snapshot.Gateway;
        var address = ClientAddress.Of(http, options.TrustedProxies);

        if (request.MinProtocol > ProtocolLimits.NewestVersion || request.MaxProtocol < ProtocolLimits.OldestVersion || request.MinProtocol > request.MaxProtocol)
            return ProtocolMismatch(request);
        var protocol = (int)Math.Min(request.MaxProtocol, ProtocolLimits.NewestVersion);
        var role = request.Role ?? ConnectionRoles.Operator;
        if (role is not (ConnectionRoles.Operator or ConnectionRoles.Node))
            return Refuse(ErrorShape.InvalidRequest("invalid role"));
        if (request.Scopes is { } named && (named.Count > MaxScopes || named.Any(static scope => scope.Length > MaxScopeChars)))
            return Refuse(ErrorShape.InvalidRequest("invalid scopes"));
        var scopes = EffectiveScopes(request, role, protocol);
        // Checked for every page, whatever the client calls itself: a page cannot leave out its Origin.
        var fromBrowser = http.Request.Headers.Origin.Count > 0;
        if ((fromBrowser || ClientKinds.IsBrowser(request.Client)) && !OriginPolicy.Allows(http.Request, options.ControlUi.AllowedOrigins))
            return Refuse(ErrorShape.InvalidRequest(OriginPolicy.Refusal));

        var attempt = new ConnectAttempt(request, protocol, role, scopes, address, fromBrowser, nonce);
        var limitKey = LimitKey(attempt);
        if (limitKey is not null && failures.LockedOutFor(limitKey) is { } wait)
            return RateLimited(request.Client, wait);
        var outcome = await AuthorizeAsync(attempt, GatewayAuth.Resolve(snapshot, authFlags), options.ControlUi, cancellationToken).ConfigureAwait(false);
        if (limitKey is not null && outcome is HandshakeRefused { WrongSecret: true })
            failures.Failed(limitKey);
        else if (limitKey is not null && outcome is HandshakeAccepted)
            failures.Succeeded(limitKey);
        return outcome;
    }

    private async Task<HandshakeOutcome> AuthorizeAsync(ConnectAttempt attempt, GatewayAuth auth, ControlUiOptions controlUi, CancellationToken cancellationToken)
    {
        var request = attempt.Request;
        var isControlUi = ClientKinds.IsControlUi(request.Client);
        var device = isControlUi && controlUi.DangerouslyDisableDeviceAuth ? null : request.Device;
        var failure = SharedSecret.Check(auth, request.Auth);
        var bypassesPairing = isControlUi && (controlUi.AllowInsecureAuth || controlUi.DangerouslyDisableDeviceAuth) && failure is null;

        if (device is null)
        {
            if (isControlUi && !controlUi.AllowInsecureAuth && !controlUi.DangerouslyDisableDeviceAuth)
                return Refuse(ErrorShape.InvalidRequest("control ui requires HTTPS or localhost (secure context)"));
            if (failure is null)
                return Accept(attempt, WithoutDevice(attempt), Credential.SharedSecret);
            if (!OffersSecret(request.Auth))
                return Refuse(ErrorShape.NotPaired("device identity required", Details("DEVICE_IDENTITY_REQUIRED")));
            return Unauthorized(failure.Value, request.Client);
        }

        var proof = Prove(attempt, device, out var identity);
        if (proof is not DeviceProofResult.Proven)
            return DeviceRefused(proof);
        if (failure is not null && !await HoldsDeviceTokenAsync(attempt, identity!, cancellationToken).ConfigureAwait(false))
        {
            return request.Auth?.BootstrapToken is { Length: > 0 } bootstrapText
                ? await BootstrapAsync(attempt, identity!, bootstrapText, cancellationToken).ConfigureAwait(false)
                // A device token that does not open is a wrong secret, and counts as one.
                : Unauthorized(OffersWrongDeviceToken(request.Auth, failure.Value) ? SecretFailure.TokenMismatch : failure.Value, request.Client);
        }
        var credential = failure is null ? Credential.SharedSecret : Credential.DeviceToken;
        if (bypassesPairing)
            return Accept(attempt, attempt.Scopes, credential, identity);
        return await PairAsync(attempt, identity!, credential, cancellationToken).ConfigureAwait(false);
    }

    private async Task<HandshakeOutcome> BootstrapAsync(ConnectAttempt attempt, DeviceIdentity device, string token, CancellationToken cancellationToken)
    {
        if (await bootstrapTokens.RedeemAsync(token, device, attempt.Role, attempt.Scopes, cancellationToken).ConfigureAwait(false) is not { } bootstrap)
            return Unauthorized(SecretFailure.BootstrapInvalid, attempt.Request.Client);
        var admission = await pairing.AdmitAsync(ClaimOf(attempt, device) with { Approved = bootstrap }, cancellationToken).ConfigureAwait(false);
        // The tokens are stored; from now on they open, and this one does not.
        await bootstrapTokens.SpendAsync(token, CancellationToken.None).ConfigureAwait(false);
        return Accept(attempt, attempt.Scopes, Credential.BootstrapToken, device) with
        {
            Token = admission.Token,
            OtherTokens = admission.OtherTokens,
            Approved = admission.Approved,
        };
    }

    private async Task<HandshakeOutcome> PairAsync(ConnectAttempt attempt, DeviceIdentity device, Credential credential, CancellationToken cancellationToken)
    {
        var admission = await pairing.AdmitAsync(ClaimOf(attempt, device), cancellationToken).ConfigureAwait(false);
        if (admission.IsFull)
            return Refuse(ErrorShape.Unavailable("too many devices wait for approval; decide about some of them first"));
        if (admission.Waiting is not { } waiting)
            return Accept(attempt, attempt.Scopes, credential, device) with { Token = admission.Token, Approved = admission.Approved };
        var message = attempt.Protocol >= 4 ? $"pairing required: device is not approved yet (requestId: {waiting.RequestId})" : "pairing required";
        return new HandshakeRefused(ErrorShape.NotPaired(message, PairingDetails(waiting)), "pairing required") { NewRequest = admission.IsNew ? waiting : null };
    }

    private static DeviceClaim ClaimOf(ConnectAttempt attempt, DeviceIdentity device) => new()
    {
        DeviceId = device.DeviceId,
        PublicKey = device.PublicKeyText,
        Role = attempt.Role,
        Scopes = attempt.Scopes,
        DisplayName = Short(attempt.Request.Client.DisplayName),
        Platform = Short(attempt.Request.Client.Platform),
        ClientId = Short(attempt.Request.Client.Id),
        ClientMode = Short(attempt.Request.Client.Mode),
        RemoteIp = attempt.Address.RemoteIp,
        IsLocal = attempt.Address.IsLocal,
    };

    /// <summary>These words only describe the device, and are written into its file.</summary>
    private static string? Short(string? text) => text is not { Length: > MaxDescriptionChars } ? text
        // Not through the middle of a character.
        : text[..(char.IsHighSurrogate(text[MaxDescriptionChars - 1]) ? MaxDescriptionChars - 1 : MaxDescriptionChars)];

    private DeviceProofResult Prove(ConnectAttempt attempt, ConnectDevice device, out DeviceIdentity? identity)
    {
        var request = attempt.Request;
        var signed = new DeviceSignaturePayload
        {
            DeviceId = device.Id,
            ClientId = request.Client.Id,
            ClientMode = request.Client.Mode,
            Role = attempt.Role,
            Scopes = request.Scopes ?? [],
            SignedAtMs = device.SignedAt,
            Token = request.Auth?.Token ?? request.Auth?.DeviceToken ?? request.Auth?.BootstrapToken,
            Platform = request.Client.Platform,
            DeviceFamily = request.Client.DeviceFamily,
        };
        var proof = new DeviceProof { PublicKey = device.PublicKey, Signature = device.Signature, Nonce = device.Nonce };
        return proof.Check(signed, attempt.Nonce, attempt.Address.IsLocal, time.GetUtcNow(), out identity);
    }

    private async Task<bool> HoldsDeviceTokenAsync(ConnectAttempt attempt, DeviceIdentity device, CancellationToken cancellationToken)
    {
        var offered = attempt.Request.Auth?.DeviceToken ?? attempt.Request.Auth?.Token;
        return !string.IsNullOrEmpty(offered)
            && await tokens.VerifyAsync(device.DeviceId, attempt.Role, attempt.Scopes, offered, cancellationToken).ConfigureAwait(false);
    }

    private static HandshakeAccepted Accept(ConnectAttempt attempt, IReadOnlyList<string> scopes, Credential credential, DeviceIdentity? device = null) =>
        new(new ConnectionIdentity
        {
            Client = attempt.Request.Client,
            Role = attempt.Role,
            Scopes = scopes,
            Protocol = attempt.Protocol,
            Caps = attempt.Request.Caps ?? [],
            Node = attempt.Role == ConnectionRoles.Node ? new NodeDeclaration(attempt.Request.Commands ?? [], attempt.Request.Permissions, attempt.Request.PathEnv) : null,
            DeviceId = device?.DeviceId,
            Credential = credential,
            Address = attempt.Address.Address,
            IsLocal = attempt.Address.IsLocal,
        });

    private static IReadOnlyList<string> EffectiveScopes(ConnectParams request, string role, int protocol) =>
        request.Scopes is { Count: > 0 } asked ? asked
        : role == ConnectionRoles.Operator && protocol < 4 ? [OperatorScopes.Admin]
        : [];

    /// <summary>Protocol 4 trusts a shared secret without a device only from programs on this machine.</summary>
    private static IReadOnlyList<string> WithoutDevice(ConnectAttempt attempt) =>
        attempt.Protocol < 4 || (attempt.Address.IsLocal && ClientKinds.IsLocalProgram(attempt.Request.Client)) ? attempt.Scopes : [];

    private static bool OffersWrongDeviceToken(ConnectAuth? auth, SecretFailure failure) => !UnauthorizedText.IsWrongSecret(failure) && !string.IsNullOrEmpty(auth?.DeviceToken);

    private static bool OffersSecret(ConnectAuth? auth) => !string.IsNullOrEmpty(auth?.Token) || !string.IsNullOrEmpty(auth?.Password);

    /// <summary>
    /// Programs on this machine are not locked out: they could read the secret from its file, and one that is set up wrongly
    /// must not shut out the others. A web page on this machine is somebody else's code and is counted.
    /// </summary>
    private static string? LimitKey(ConnectAttempt attempt) =>
        !attempt.Address.IsLocal ? ClientAddress.RateLimitKey(attempt.Address.Address)
        : attempt.FromBrowser ? "browser@loopback"
        : null;

    private static HandshakeRefused ProtocolMismatch(ConnectParams request) => new(
        ErrorShape.InvalidRequest("protocol mismatch", HandshakeDetails.ProtocolMismatch(request)), "protocol mismatch", CloseCodes.ProtocolMismatch);

    private static HandshakeRefused RateLimited(ConnectClient client, TimeSpan wait)
    {
        var message = UnauthorizedText.For(SecretFailure.RateLimited, client);
        return new HandshakeRefused(
            ErrorShape.InvalidRequest(message, Details(UnauthorizedText.Code(SecretFailure.RateLimited))) with { Retryable = true, RetryAfterMs = (long)wait.TotalMilliseconds },
            message);
    }

    private static HandshakeRefused Unauthorized(SecretFailure failure, ConnectClient client) =>
        Refuse(ErrorShape.InvalidRequest(UnauthorizedText.For(failure, client), Details(UnauthorizedText.Code(failure)))) with { WrongSecret = UnauthorizedText.IsWrongSecret(failure) };

    private static HandshakeRefused DeviceRefused(DeviceProofResult proof)
    {
        var (message, code) = proof switch
        {
            DeviceProofResult.SignatureExpired => ("device signature expired", "DEVICE_AUTH_SIGNATURE_EXPIRED"),
            DeviceProofResult.NonceRequired => ("device nonce required", "DEVICE_AUTH_NONCE_REQUIRED"),
            DeviceProofResult.NonceMismatch => ("device nonce mismatch", "DEVICE_AUTH_NONCE_MISMATCH"),
            DeviceProofResult.SignatureInvalid => ("device signature invalid", "DEVICE_AUTH_SIGNATURE_INVALID"),
            _ => ("device identity mismatch", "DEVICE_AUTH_DEVICE_ID_MISMATCH"),
        };
        return Refuse(ErrorShape.InvalidRequest(message, Details(code)));
    }

    private static HandshakeRefused Refuse(ErrorShape error) => new(error, error.Message);

    private static JsonElement Details(string code) => HandshakeDetails.Code(code);

    private static JsonElement PairingDetails(PairingRequest request) => HandshakeDetails.Pairing(request);

    private sealed record ConnectAttempt(
        ConnectParams Request, int Protocol, string Role, IReadOnlyList<string> Scopes, ClientAddress Address, bool FromBrowser, string Nonce);
}
