using OpenClaw.Gateway.Core.Configuration.Options;
using OpenClaw.Gateway.Protocol.Connect;
using OpenClaw.Gateway.Protocol.Devices;

namespace OpenClaw.Gateway.Core.Handshake;

/// <summary>Compares what a client offers with the configured secret, in constant time.</summary>
internal static class SharedSecret
{
    /// <summary>Null when the secret is right.</summary>
    public static SecretFailure? Check(GatewayAuth auth, ConnectAuth? offered)
    {
        var password = auth.Mode is GatewayAuthMode.Password;
        var given = password ? offered?.Password : offered?.Token;
        if (auth.Secret is not { } secret)
            return password ? SecretFailure.PasswordNotConfigured : SecretFailure.TokenNotConfigured;
        if (string.IsNullOrEmpty(given))
            return password ? SecretFailure.PasswordMissing : SecretFailure.TokenMissing;
        if (SecretComparer.Matches(given, secret))
            return null;
        return password ? SecretFailure.PasswordMismatch : SecretFailure.TokenMismatch;
    }
}
