using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;

namespace OpenClaw.ServiceDefaults.Trust;

/// <summary>The secret that the services of one composition share, and strangers on their network do not have.</summary>
public sealed class ServiceSecret
{
    /// <summary>Variable that holds it; the AppHost makes a new one for every start.</summary>
    public const string Variable = "OPENCLAW_SERVICE_SECRET";

    /// <summary>Shorter ones could be tried out.</summary>
    public const int MinLength = 32;

    private ServiceSecret(byte[]? key) => Key = key;

    /// <summary>Key for signatures; null when there is no secret, and then nothing that claims to come from a service is believed.</summary>
    internal byte[]? Key { get; }

    /// <summary>What the services of one composition have in common, to be told to the places they share: says nothing about the secret.</summary>
    public string Membership => Key is null ? "no secret" : Convert.ToHexStringLower(HMACSHA256.HashData(Key, "OpenClaw membership"u8)[..16]);

    /// <summary>Reads the secret.</summary>
    /// <param name="configuration">Configuration with the environment in it.</param>
    /// <exception cref="InvalidOperationException">It is too short.</exception>
    public static ServiceSecret From(IConfiguration configuration)
    {
        var text = configuration[Variable]?.Trim();
        if (string.IsNullOrEmpty(text))
            return new ServiceSecret(null);
        return text.Length >= MinLength
            ? new ServiceSecret(Encoding.UTF8.GetBytes(text))
            : throw new InvalidOperationException($"{Variable} has {text.Length} characters; at least {MinLength} are needed.");
    }

    /// <inheritdoc/>
    public override string ToString() => Key is null ? "no service secret" : "a service secret";
}
