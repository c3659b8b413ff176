using System.Buffers.Text;
using OpenClaw.Gateway.Core.Agents.Messages;
using OpenClaw.Gateway.Core.Agents.Tools.Files;

namespace OpenClaw.Gateway.Core.Http.Requests;

/// <summary>Takes a picture out of a request. What it is its first bytes say, and not the caller.</summary>
internal static class ImageReader
{
    private const string Mark = ";base64,";

    /// <summary>The base64 text of a data URL; null when it is none.</summary>
    public static string? DataOf(string url) =>
        url.StartsWith("data:", StringComparison.OrdinalIgnoreCase) && url.IndexOf(Mark, StringComparison.OrdinalIgnoreCase) is var at and > 0 ? url[(at + Mark.Length)..] : null;

    /// <summary>The picture, or what is wrong with it.</summary>
    /// <param name="base64">Its content.</param>
    /// <param name="maxBytes">Largest picture that is taken.</param>
    /// <param name="allowed">Media types that are taken.</param>
    public static (ImageBlock? Image, string? Wrong) Decode(string base64, long maxBytes, IReadOnlyCollection<string> allowed)
    {
        if (!Base64.IsValid(base64, out var size) || size == 0)
            return (null, "the picture is no valid base64");
        if (size > maxBytes)
            return (null, FormattableString.Invariant($"Error: Image too large: {size} bytes (limit: {maxBytes} bytes)"));
        return Of(Convert.FromBase64String(base64), allowed);
    }

    public static (ImageBlock? Image, string? Wrong) Of(byte[] bytes, IReadOnlyCollection<string> allowed) =>
        ImageType.Of(bytes) is not { } type ? (null, "the picture is no PNG, JPEG, GIF or WebP")
        : !allowed.Contains(type, StringComparer.OrdinalIgnoreCase) ? (null, $"Error: Unsupported image MIME type: {type}")
        : (new ImageBlock(Convert.ToBase64String(bytes), type), null);
}
