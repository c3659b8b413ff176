using System.Security.Cryptography;

namespace OpenClaw.Gateway.Bus.Redis;

/// <summary>Chance, so that those who lost the same thing at the same time do not all come back for it at once.</summary>
internal static class Jitter
{
    /// <summary>A number from 0 to below 1.</summary>
    public static double Next() => RandomNumberGenerator.GetInt32(1 << 20) / (double)(1 << 20);
}
