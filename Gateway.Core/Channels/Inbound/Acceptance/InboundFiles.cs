using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Gateway.Core.Agents.Tools.Files;
using OpenClaw.Gateway.Core.Channels.Inbound.Envelope;
using OpenClaw.Gateway.Core.Channels.Media;
using OpenClaw.Gateway.Core.Ingress;
using OpenClaw.Gateway.Core.Storage;

namespace OpenClaw.Gateway.Core.Channels.Inbound.Acceptance;

/// <summary>The media of a message as the model gets them.</summary>
/// <param name="Images">Pictures that it sees.</param>
/// <param name="Notes">A line for each file: where it is, or why it is not there. Empty for none.</param>
internal sealed record InboundAttachments(IReadOnlyList<AcceptedImage> Images, string Notes)
{
    /// <summary>What is taken of files, when one was larger; null when none was.</summary>
    public string? ExceededLimit { get; init; }
}

/// <summary>
/// Puts files that came in under <c>media/inbound</c> of the state directory, where the agent's tools find them, and picks the pictures that the
/// model is shown. What a channel only names is fetched here: its sender may write, and the agent is meant.
/// </summary>
internal sealed partial class InboundFiles(MediaDirectories directories, MediaDownload download, TimeProvider time, ILogger<InboundFiles> logger)
{
    /// <summary>Pictures of one message that are shown, together; base64 makes a third more of it, and a queue entry has at most 8 MiB.</summary>
    private const int MaxShownBytes = 5 * 1024 * 1024;

    private const int MaxExtensionLength = 8;

    /// <summary>How long the words of a message wait for all of its files together; what is not there by then is not there.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>Files of one message that are fetched beside each other.</summary>
    private const int AtOnce = 3;

    private const int MaxRemembered = 1000;

    private readonly ConcurrentDictionary<string, long> _began = new(StringComparer.Ordinal);

    /// <summary>Stores a message's media. Doing it again for the same message writes the same files. Null when a file may be had in a moment.</summary>
    public async Task<InboundAttachments?> StoreAsync(InboundMessage message, string runId, CancellationToken cancellationToken)
    {
        var images = new List<AcceptedImage>();
        var notes = new List<string>();
        var shown = 0L;
        if (await StoreAllAsync(message, runId, cancellationToken).ConfigureAwait(false) is not { } all)
            return null;
        for (var i = 0; i < message.Media.Count; i++)
        {
            var media = message.Media[i];
            var stored = all[i];
            if (stored.ImageType is { } type && shown + stored.Length <= MaxShownBytes && await ReadAsync(stored, media, cancellationToken).ConfigureAwait(false) is { } image)
            {
                images.Add(new AcceptedImage(Convert.ToBase64String(image.Span), type));
                shown += image.Length;
                if (stored.Path is null)
                    continue;
            }
            notes.Add(stored.Path is { } path
                ? $"[media attached: {path} ({HarmlessText.Label(stored.ImageType ?? media.ContentType) ?? "unknown type"}){(HarmlessText.Label(media.FileName) is { } name ? $" named {name}" : "")}]"
                : $"[media not available: {NameOf(media)}: {HarmlessText.Label(stored.Problem) ?? "it could not be fetched"}]");
        }
        var tooLarge = all.Select(static stored => stored.Problem).FirstOrDefault(static problem => problem?.StartsWith(InboundMedia.TooLarge, StringComparison.Ordinal) is true);
        return new InboundAttachments(images, string.Join('\n', notes)) { ExceededLimit = HarmlessText.Label(tooLarge?[InboundMedia.TooLarge.Length..])?.Replace(" ", "", StringComparison.Ordinal) };
    }

    /// <summary>Each file's fate, in their order; null when one may be had in a moment, and there is a moment left.</summary>
    private async Task<StoredMedia[]?> StoreAllAsync(InboundMessage message, string runId, CancellationToken cancellationToken)
    {
        if (message.Media.Count == 0)
            return [];
        if (_began.Count >= MaxRemembered)
            _began.Clear();
        // Coming again for a channel that was away does not begin the wait anew.
        var left = Patience - time.GetElapsedTime(_began.GetOrAdd(runId, static (_, clock) => clock.GetTimestamp(), time));
        using var deadline = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var all = new StoredMedia[message.Media.Count];
        await Parallel.ForAsync(0, all.Length, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (index, _) =>
        {
            try
            {
                all[index] = await StoreAsync(message, message.Media[index], runId, index, either.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                all[index] = new StoredMedia { Problem = "it did not come in time" };
            }
        }).ConfigureAwait(false);
        if (all.Any(static stored => stored.IsLater) && !deadline.IsCancellationRequested)
            return null;
        _began.TryRemove(runId, out _);
        return all;
    }

    private async Task<StoredMedia> StoreAsync(InboundMessage message, InboundMedia media, string runId, int index, CancellationToken cancellationToken)
    {
        if (media.Problem is not null)
            return new StoredMedia { Problem = media.Problem };
        if (media.Reference is { } reference)
            return await download.FetchAsync(message, reference, runId, type => PathOf(runId, index, media, type), cancellationToken).ConfigureAwait(false);
        if (media.Content is not { Length: > 0 } content)
            return new StoredMedia();
        var type = ImageType.Of(content.Span);
        var path = PathOf(runId, index, media, type);
        try
        {
            await AtomicFile.WriteAsync(path, content, cancellationToken).ConfigureAwait(false);
            return new StoredMedia { Path = path, ImageType = type, Length = content.Length };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotStored(logger, runId, e.Message);
            return new StoredMedia { ImageType = type, Length = content.Length, Problem = "it could not be stored" };
        }
    }

    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(StoredMedia stored, InboundMedia media, CancellationToken cancellationToken)
    {
        if (media.Content is { Length: > 0 } here)
            return here;
        return stored.Path is { } path ? await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false) : null;
    }

    private string PathOf(string runId, int index, InboundMedia media, string? imageType) => Path.Combine(directories.Inbound, FileNameOf(runId, index, media, imageType));

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
