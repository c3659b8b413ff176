using System.Globalization;
using System.Text;

namespace OpenClaw.Gateway.Protocol.Devices;

/// <summary>
/// The fields of a connect that its device signature covers, and the texts that are signed. Fields are joined by <c>|</c> and
/// scopes by <c>,</c>, without escaping: the format is fixed by the clients that exist.
/// </summary>
public sealed record DeviceSignaturePayload
{
    /// <summary><c>device.id</c>.</summary>
    public required string DeviceId { get; init; }

    /// <summary><c>client.id</c>.</summary>
    public required string ClientId { get; init; }

    /// <summary><c>client.mode</c>.</summary>
    public required string ClientMode { get; init; }

    /// <summary>The effective role: <c>operator</c> when the connect names none.</summary>
    public required string Role { get; init; }

    /// <summary>The scopes as requested, in their order; empty when the connect names none, even where that means admin.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary><c>device.signedAt</c>, Unix time in milliseconds.</summary>
    public required long SignedAtMs { get; init; }

    /// <summary><c>auth.token</c>. A password is not part of the text.</summary>
    public string? Token { get; init; }

    /// <summary>The challenge's nonce.</summary>
    public string? Nonce { get; init; }

    /// <summary><c>client.platform</c>; only in <see cref="V3"/>.</summary>
    public string? Platform { get; init; }

    /// <summary><c>client.deviceFamily</c>; only in <see cref="V3"/>.</summary>
    public string? DeviceFamily { get; init; }

    /// <summary>The text signed when there is no nonce. Only a gateway on the same machine takes it.</summary>
    public string V1() => Base("v1").ToString();

    /// <summary>The text that protocol 3 clients sign.</summary>
    public string V2() => Base("v2").Append('|').Append(Nonce).ToString();

    /// <summary>The text that protocol 4 clients sign: v2 and the normalised platform and device family.</summary>
    public string V3() =>
        Base("v3").Append('|').Append(Nonce).Append('|').Append(Normalize(Platform)).Append('|').Append(Normalize(DeviceFamily)).ToString();

    /// <summary>The device id: the token must not reach a log through the record's own text.</summary>
    public override string ToString() => DeviceId;

    private static string? Normalize(string? text) =>
        text is null ? null : string.Create(text.AsSpan().Trim().Length, text, static (lower, text) =>
        {
            var trimmed = text.AsSpan().Trim();
            for (var i = 0; i < trimmed.Length; i++)
                lower[i] = char.IsAsciiLetterUpper(trimmed[i]) ? (char)(trimmed[i] | 0x20) : trimmed[i];
        });

    private StringBuilder Base(string version)
    {
        var text = new StringBuilder(256)
            .Append(version).Append('|').Append(DeviceId).Append('|').Append(ClientId).Append('|').Append(ClientMode)
            .Append('|').Append(Role).Append('|');
        for (var i = 0; i < Scopes.Count; i++)
        {
            if (i > 0)
                text.Append(',');
            text.Append(Scopes[i]);
        }
        return text.Append('|').Append(SignedAtMs.ToString(CultureInfo.InvariantCulture)).Append('|').Append(Token);
    }
}
