using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using OpenClaw.Gateway.Client.Json;

namespace OpenClaw.Gateway.Client.Identity;

/// <summary>The text of <c>identity/device.json</c>. Read and written by hand: it is on the path of every command's start.</summary>
internal sealed record DeviceKeyDocument(long Version, string DeviceId, string PublicKeyPem, string PrivateKeyPem, long? CreatedAtMs)
{
    public const int KnownVersion = 1;

    public static bool TryParse(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out DeviceKeyDocument? document)
    {
        document = null;
        long? version = null, createdAtMs = null;
        string? deviceId = null, publicKeyPem = null, privateKeyPem = null;
        try
        {
            var reader = new Utf8JsonReader(utf8);
            if (!reader.Read() || reader.TokenType is not JsonTokenType.StartObject)
                return false;
            while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("version"u8))
                    version = JsonText.Integer(ref reader);
                else if (reader.ValueTextEquals("deviceId"u8))
                    deviceId = JsonText.String(ref reader);
                else if (reader.ValueTextEquals("publicKeyPem"u8))
                    publicKeyPem = JsonText.String(ref reader);
                else if (reader.ValueTextEquals("privateKeyPem"u8))
                    privateKeyPem = JsonText.String(ref reader);
                else if (reader.ValueTextEquals("createdAtMs"u8))
                    createdAtMs = JsonText.Integer(ref reader);
                else
                    reader.Skip();
            }
        }
        catch (JsonException)
        {
            return false;
        }
        if (version is null || (version == KnownVersion && (deviceId is null || publicKeyPem is null || privateKeyPem is null)))
            return false;
        document = new DeviceKeyDocument(version.Value, deviceId ?? "", publicKeyPem ?? "", privateKeyPem ?? "", createdAtMs);
        return true;
    }

    public byte[] ToUtf8() => JsonText.WriteIndented(this, static (writer, document) =>
    {
        writer.WriteStartObject();
        writer.WriteNumber("version"u8, document.Version);
        writer.WriteString("deviceId"u8, document.DeviceId);
        writer.WriteString("publicKeyPem"u8, document.PublicKeyPem);
        writer.WriteString("privateKeyPem"u8, document.PrivateKeyPem);
        if (document.CreatedAtMs is { } createdAtMs)
            writer.WriteNumber("createdAtMs"u8, createdAtMs);
        writer.WriteEndObject();
    });

    /// <summary>The device id: the private key must not reach a log through the record's own text.</summary>
    public override string ToString() => DeviceId;
}
