using OpenClaw.Gateway.Protocol.Devices;

namespace OpenClaw.Gateway.Client.Identity;

/// <summary>This device's key and the identity that follows from it. The key is wiped when this is disposed.</summary>
public sealed class DeviceKey : IDisposable
{
    private readonly Ed25519PrivateKey _privateKey;

    /// <summary>Takes <paramref name="privateKey"/> over.</summary>
    public DeviceKey(Ed25519PrivateKey privateKey)
    {
        _privateKey = privateKey;
        Identity = DeviceIdentity.Of(privateKey);
    }

    /// <summary>The public half.</summary>
    public DeviceIdentity Identity { get; }

    /// <summary>Where an unreadable identity file was kept before this new identity was made; null in every other run.</summary>
    public string? BrokenFileKeptAs { get; init; }

    /// <summary>Signs the text of a connect.</summary>
    /// <returns>base64url without padding.</returns>
    public string Sign(string payload) => DeviceIdentity.Sign(_privateKey, payload);

    /// <inheritdoc/>
    public void Dispose() => _privateKey.Dispose();
}
