using System.Security.Cryptography;
using OpenClaw.Gateway.Core.Configuration;

namespace OpenClaw.Gateway.Core.Onboarding;

/// <summary>The secret that a new instance starts with.</summary>
public static class FreshToken
{
    /// <summary>As long as the peer's wizard makes them: 48 hex digits.</summary>
    private const int Bytes = 24;

    /// <summary>A new one, from the system's random numbers.</summary>
    public static string Create() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>
    /// Whether the instance lacks a secret. One in the environment counts: a second one in the file would only differ from it, and
    /// commands prefer the one while the gateway prefers the other.
    /// </summary>
    /// <param name="snapshot">The configuration as it is.</param>
    public static bool IsNeeded(ConfigSnapshot snapshot) =>
        snapshot.Gateway.Auth is { Token: null, Password: null }
        && snapshot.GetVariable("OPENCLAW_GATEWAY_TOKEN", "CLAWDBOT_GATEWAY_TOKEN") is null
        && snapshot.GetVariable("OPENCLAW_GATEWAY_PASSWORD", "CLAWDBOT_GATEWAY_PASSWORD") is null;
}
