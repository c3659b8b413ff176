using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Gateway.Core.Agents.Tools.Files;
using OpenClaw.Gateway.Core.Channels.Inbound.Envelope;
using OpenClaw.Gateway.Core.Channels.Replies;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Ingress;
using OpenClaw.Gateway.Core.Storage;

namespace OpenClaw.Gateway.Core.Channels.Inbound.Acceptance;

/// <summary>The media of a message as the model gets them.</summary>
/// <param name="Images">Pictures that it sees.</param>
/// <param name="Notes">A line for each file: where it is, or why it is not there. Empty for none.</param>
internal sealed record InboundAttachments(IReadOnlyList<AcceptedImage> Images, string Notes);

/// <summary>
/// Puts files that came in under <c>media/inbound</c> of the state directory, where the agent's tools find them, and picks the pictures that the
/// model is shown.
/// </summary>
internal sealed partial class InboundFiles(GatewayEnvironment environment, ILogger<InboundFiles> logger)
{
    /// <summary>Pictures of one message that are shown, together; base64 makes a third more of it, and a queue entry has at most 8 MiB.</summary>
    private const int MaxShownBytes = 5 * 1024 * 1024;

    private const int MaxExtensionLength = 8;

    private readonly string _directory = Path.Combine(ReplyMedia.DirectoryIn(environment.StateDirectory), "inbound");

    /// <summary>Stores a message's media. Doing it again for the same message writes the same files.</summary>
    public async Task<InboundAttachments> StoreAsync(InboundMessage message, string runId, CancellationToken cancellationToken)
    {
        var images = new List<AcceptedImage>();
        var notes = new List<string>();
        var shown = 0L;
        for (var i = 0; i < message.Media.Count; i++)
        {
            var media = message.Media[i];
            if (media.Content is not { Length: > 0 } content)
            {
                notes.Add($"[media not available: {NameOf(media)}: {HarmlessText.Label(media.Problem) ?? "it could not be fetched"}]");
                continue;
            }
            var type = ImageType.Of(content.Span);
            var isShown = type is not null && shown + content.Length <= MaxShownBytes;
            if (isShown)
            {
                images.Add(new AcceptedImage(Convert.ToBase64String(content.Span), type!));
                shown += content.Length;
            }
            var path = Path.Combine(_directory, FileNameOf(runId, i, media, type));
            try
            {
                await AtomicFile.WriteAsync(path, content, cancellationToken).ConfigureAwait(false);
                notes.Add($"[media attached: {path} ({HarmlessText.Label(type ?? media.ContentType) ?? "unknown type"}){(HarmlessText.Label(media.FileName) is { } name ? $" named {name}" : "")}]");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                LogNotStored(logger, runId, e.Message);
                if (!isShown)
                    notes.Add($"[media not available: {NameOf(media)}: it could not be stored]");
            }
        }
        return new InboundAttachments(images, string.Join('\n', notes));
    }

    private static string NameOf(InboundMedia media) => HarmlessText.Label(media.FileName) is { } name ? $"{media.Kind.ToString().ToLowerInvariant()} {name}" : media.Kind.ToString().ToLowerInvariant();

    /// <summary>Nothing of the name that the sender gave it but its end.</summary>
    private static string FileNameOf(string runId, int index, InboundMedia media, string? imageType)
    {
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(runId)).AsSpan(0, 12));
        var written = Path.GetExtension(media.FileName ?? "").TrimStart('.');
        var extension = imageType is not null ? imageType["image/".Length..].Replace("jpeg", "jpg", StringComparison.Ordinal)
            : written.Length is > 0 and <= MaxExtensionLength && written.All(char.IsAsciiLetterOrDigit) ? written.ToLowerInvariant()
            : media.Kind switch { MediaKind.Voice => "ogg", MediaKind.Audio => "mp3", MediaKind.Video => "mp4", _ => "bin" };
        return string.Create(CultureInfo.InvariantCulture, $"{id}-{index}.{extension}");
    }

    [LoggerMessage(8202, LogLevel.Error, "A file of message {RunId} could not be stored: {Reason}")]
    private static partial void LogNotStored(ILogger logger, string runId, string reason);
}
