using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using OpenClaw.Channels.Abstractions.Messages;

namespace OpenClaw.Channels.Telegram.Api;

/// <summary>A call with a file, as a form: objects are JSON text in it.</summary>
internal static class UploadForm
{
    private const int MaxNameLength = 120;

    public static MultipartFormDataContent Create(ChatRequest request, string part, OutboundMedia media, Stream content)
    {
        var form = new MultipartFormDataContent();
        var parameters = JsonSerializer.SerializeToElement(request, BotJsonContext.Default.ChatRequest);
        foreach (var member in parameters.EnumerateObject())
            form.Add(new StringContent(member.Value.ValueKind is JsonValueKind.String ? member.Value.GetString()! : member.Value.GetRawText()), member.Name);
        // The call may have to be made again, with the same file: this one is not closed with the form.
        content.Position = 0;
        var file = new StreamContent(new KeptOpenStream(content));
        file.Headers.ContentType = MediaTypeHeaderValue.TryParse(media.ContentType, out var type) ? type : new MediaTypeHeaderValue("application/octet-stream");
        form.Add(file, part, NameOf(media, part));
        return form;
    }

    /// <summary>A name without what would end the header or lead into another directory.</summary>
    internal static string NameOf(OutboundMedia media, string part)
    {
        var name = new StringBuilder();
        foreach (var c in (media.FileName ?? "").Split('/', '\\')[^1])
        {
            if (!char.IsControl(c) && c is not ('"' or ';') && name.Length < MaxNameLength)
                name.Append(c);
        }
        if (name.ToString().Trim('.', ' ') is { Length: > 0 } kept)
            return kept;
        return part + media.ContentType.Split(';')[0] switch
        {
            "image/jpeg" => ".jpg",
            "image/png" => ".png",
            "image/gif" => ".gif",
            "image/webp" => ".webp",
            "audio/ogg" => ".ogg",
            "audio/mpeg" => ".mp3",
            "audio/mp4" => ".m4a",
            "video/mp4" => ".mp4",
            "application/pdf" => ".pdf",
            "text/plain" => ".txt",
            _ => ".bin",
        };
    }
}
