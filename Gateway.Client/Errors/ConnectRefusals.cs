using System.Text.Json;
using OpenClaw.Gateway.Protocol.Errors;

namespace OpenClaw.Gateway.Client.Errors;

/// <summary>What a refused <c>connect</c> means for the next attempt.</summary>
internal static class ConnectRefusals
{
    /// <summary>
    /// Waiting helps against: a gateway that is starting, a pairing that somebody may approve, a nonce that came too late.
    /// It does not against wrong secrets, a wrong device, or versions that do not meet.
    /// </summary>
    public static bool IsTerminal(ErrorShape error)
    {
        if (error.Retryable == true || error.Code == ErrorCodes.Unavailable)
            return false;
        if (error.Code == ErrorCodes.NotPaired)
            return !error.Message.StartsWith("pairing required", StringComparison.Ordinal);
        return !error.Message.StartsWith("device nonce", StringComparison.Ordinal);
    }

    /// <summary>Whether the secret was the reason: by the detail code that newer gateways send, else by the text that all of them send.</summary>
    public static bool IsUnauthorized(ErrorShape error)
    {
        if (error.Details is { ValueKind: JsonValueKind.Object } details
            && details.TryGetProperty("code", out var code)
            && code.ValueKind is JsonValueKind.String)
            return code.GetString()!.StartsWith("AUTH_", StringComparison.Ordinal);
        return error.Message.StartsWith("unauthorized", StringComparison.Ordinal);
    }
}
