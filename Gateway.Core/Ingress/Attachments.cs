using System.Buffers.Text;
using System.Text.Json;
using OpenClaw.Gateway.Protocol.Limits;

namespace OpenClaw.Gateway.Core.Ingress;

/// <summary>Reads the attachments of a message. Only images are used; what is no image is left out.</summary>
internal static class Attachments
{
    /// <summary>Images in order, or the error text that the client gets.</summary>
    public static (IReadOnlyList<AcceptedImage> Images, string? Error) Read(IReadOnlyList<JsonElement>? attachments)
    {
        if (attachments is not { Count: > 0 })
            return ([], null);
        var images = new List<AcceptedImage>();
        for (var i = 0; i < attachments.Count; i++)
        {
            if (attachments[i].ValueKind is not JsonValueKind.Object || Text(attachments[i], "content") is not { } content)
                continue;
            var label = Text(attachments[i], "fileName") ?? Text(attachments[i], "type") ?? $"attachment-{i + 1}";
            var (image, error) = ReadOne(content, label);
            if (error is not null)
                return ([], error);
            if (image is not null)
                images.Add(image);
        }
        return (images, null);
    }

    private static (AcceptedImage? Image, string? Error) ReadOne(string content, string label)
    {
        var base64 = content.StartsWith("data:", StringComparison.Ordinal) && content.IndexOf(";base64,", StringComparison.Ordinal) is var at and > 0
            ? content[(at + ";base64,".Length)..]
            : content;
        if (!Base64.IsValid(base64, out var size))
            return (null, $"Error: attachment {label}: invalid base64 content");
        if (size is 0 or > ProtocolLimits.MaxAttachmentBytes)
            return (null, $"Error: attachment {label}: exceeds size limit ({size} > {ProtocolLimits.MaxAttachmentBytes} bytes)");
        var bytes = Convert.FromBase64String(base64);
        return (Sniff(bytes) is { } type ? new AcceptedImage(Convert.ToBase64String(bytes), type) : null, null);
    }

    /// <summary>Media type by the first bytes; what a client says about its file proves nothing.</summary>
    private static string? Sniff(ReadOnlySpan<byte> bytes) =>
        bytes.Length > 8 && bytes[0] == 0x89 && bytes[1..].StartsWith("PNG"u8) ? "image/png"
        : bytes.Length > 3 && bytes[0] == 0xFF && bytes[1] == 0xD8 && bytes[2] == 0xFF ? "image/jpeg"
        : bytes.StartsWith("GIF8"u8) ? "image/gif"
        : bytes.Length > 12 && bytes.StartsWith("RIFF"u8) && bytes[8..].StartsWith("WEBP"u8) ? "image/webp"
        : null;

    private static string? Text(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}
