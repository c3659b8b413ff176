using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Channels.Telegram.Api;

namespace OpenClaw.Channels.Telegram.Inbound;

/// <summary>A file of a message.</summary>
/// <param name="Kind">What it is for.</param>
/// <param name="Choices">The file, or the sizes in which there is a picture, the best first.</param>
/// <param name="ContentType">Its type where the API says or implies it.</param>
internal sealed record FileToFetch(MediaKind Kind, IReadOnlyList<FileReference> Choices, string? ContentType)
{
    public string? FileName => Choices[0].FileName;
}

/// <summary>Finds the files of a message.</summary>
internal static class MessageFiles
{
    public static IReadOnlyList<FileToFetch> Of(Message message)
    {
        var files = new List<FileToFetch>();
        if (message.Photo.Count > 0)
            files.Add(new FileToFetch(MediaKind.Image, [.. message.Photo.OrderByDescending(static size => (long)size.Width * size.Height)], "image/jpeg"));
        Add(MediaKind.Video, message.Video, "video/mp4");
        Add(MediaKind.Video, message.VideoNote, "video/mp4");
        Add(MediaKind.Audio, message.Audio, "audio/mpeg");
        Add(MediaKind.Voice, message.Voice, "audio/ogg");
        Add(MediaKind.Video, message.Animation, "video/mp4");
        // Clients of old see an animation as a document; it is in both members.
        if (message.Animation is null)
            Add(message.Document?.MimeType?.StartsWith("image/", StringComparison.Ordinal) == true ? MediaKind.Image : MediaKind.Document, message.Document, null);
        // Only what stands still is a picture.
        if (message.Sticker is { IsAnimated: false, IsVideo: false } sticker)
            Add(MediaKind.Sticker, sticker, "image/webp");
        return files;

        void Add(MediaKind kind, FileReference? file, string? contentType)
        {
            if (file is not null)
                files.Add(new FileToFetch(kind, [file], file.MimeType ?? contentType));
        }
    }

    /// <summary>What stands for the files of a message where there is only room for words.</summary>
    public static string? PlaceholderOf(Message message) =>
        Of(message) is [var file, ..] ? $"<media:{(file.Kind is MediaKind.Voice ? "audio" : file.Kind.ToString().ToLowerInvariant())}>" : message.Location is not null ? "<location>" : null;
}
