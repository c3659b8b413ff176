using System.Buffers;
using System.Buffers.Text;

namespace OpenClaw.Gateway.Protocol.Devices;

/// <summary>The texts that keys and signatures travel in: base64url without padding; ordinary and padded base64 are read too.</summary>
internal static class KeyText
{
    public static string Encode(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);

    /// <summary>Decodes exactly <paramref name="bytes"/>.Length bytes; surrounding white space is ignored.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, Span<byte> bytes)
    {
        text = text.Trim().TrimEnd('=');
        if (text.Length != Base64Url.GetEncodedLength(bytes.Length))
            return false;
        Span<char> normal = stackalloc char[text.Length];
        for (var i = 0; i < text.Length; i++)
            normal[i] = text[i] switch { '+' => '-', '/' => '_', var c => c };
        return Base64Url.DecodeFromChars(normal, bytes, out _, out var written) == OperationStatus.Done && written == bytes.Length;
    }
}
