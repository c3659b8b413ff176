using OpenClaw.Gateway.Client.Errors;
using OpenClaw.Gateway.Protocol.Devices;

namespace OpenClaw.Gateway.Client.Identity;

/// <summary>
/// <c>identity/device.json</c> in the state directory. Losing it means pairing again with every gateway,
/// so a file that exists is never overwritten unread.
/// </summary>
public sealed class DeviceKeyFile(string stateDirectory, TimeProvider time)
{
    private readonly StateFile _file = new(stateDirectory, "identity", "device.json");

    /// <summary>Where the file is.</summary>
    public string FilePath => _file.FilePath;

    /// <summary>
    /// Reads the key, or makes one on first use. Of several processes that start at once all end up with the same key.
    /// A file that is no identity is renamed to <c>device.json.broken-*</c> first; see <see cref="DeviceKey.BrokenFileKeptAs"/>.
    /// </summary>
    /// <exception cref="GatewayStateException">The file cannot be read or written, or is of a newer version.</exception>
    /// <exception cref="PlatformNotSupportedException">OpenSSL is missing.</exception>
    public DeviceKey LoadOrCreate()
    {
        if (_file.Read() is not { } bytes)
            return Create(brokenFileKeptAs: null);
        return Use(bytes) ?? Create(_file.SetAside(bytes, time.GetUtcNow()));
    }

    private DeviceKey? Use(byte[] bytes)
    {
        if (!DeviceKeyDocument.TryParse(bytes, out var document))
            return null;
        if (document.Version != DeviceKeyDocument.KnownVersion)
            throw new GatewayStateException($"{FilePath} has version {document.Version}, and this program knows only version {DeviceKeyDocument.KnownVersion}");
        if (Ed25519PrivateKey.TryFromPem(document.PrivateKeyPem) is not { } privateKey)
            return null;
        var key = new DeviceKey(privateKey);
        if (!DeviceIdentity.TryParse(document.PublicKeyPem, out var identity) || !identity.Equals(key.Identity))
        {
            key.Dispose();
            return null;
        }
        if (document.DeviceId != key.Identity.DeviceId)
            _file.Replace((document with { DeviceId = key.Identity.DeviceId }).ToUtf8());
        return key;
    }

    private DeviceKey Create(string? brokenFileKeptAs)
    {
        var privateKey = Ed25519PrivateKey.Generate();
        var key = new DeviceKey(privateKey) { BrokenFileKeptAs = brokenFileKeptAs };
        var document = new DeviceKeyDocument(
            DeviceKeyDocument.KnownVersion, key.Identity.DeviceId, privateKey.ToSpkiPem(), privateKey.ToPkcs8Pem(), time.GetUtcNow().ToUnixTimeMilliseconds());
        if (_file.TryCreate(document.ToUtf8()))
            return key;
        key.Dispose();
        return (_file.Read() is { } bytes ? Use(bytes) : null)
            ?? throw new GatewayStateException($"{FilePath} was changed by another program while it was being created; try again");
    }
}
