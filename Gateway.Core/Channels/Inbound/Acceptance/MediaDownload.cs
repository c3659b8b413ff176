using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Gateway.Core.Agents.Tools.Files;
using OpenClaw.Gateway.Core.Storage;

namespace OpenClaw.Gateway.Core.Channels.Inbound.Acceptance;

/// <summary>What became of a file that came in.</summary>
internal sealed record StoredMedia
{
    /// <summary>Where it is; null when it is not here.</summary>
    public string? Path { get; init; }

    /// <summary>Its type, when it is a picture that models can see.</summary>
    public string? ImageType { get; init; }

    public long Length { get; init; }

    /// <summary>Why it is not here, for people.</summary>
    public string? Problem { get; init; }

    /// <summary>It may be had in a moment.</summary>
    public bool IsLater { get; init; }
}

/// <summary>Gets files from the channel that has them, part by part: the channel may be another process, on another machine.</summary>
internal sealed partial class MediaDownload(ChannelCaller channels, TimeProvider time, ILogger<MediaDownload> logger)
{
    /// <summary>The first part comes when the channel has all of the file, which it tries three times, for a minute each.</summary>
    private static readonly TimeSpan PartPatience = TimeSpan.FromMinutes(4);

    /// <summary>How long words wait for a channel that is not connected, before they go without their file.</summary>
    private static readonly TimeSpan ChannelPatience = TimeSpan.FromMinutes(1);

    private const int MaxRemembered = 1000;

    private readonly ConcurrentDictionary<string, long> _waitingSince = new(StringComparer.Ordinal);

    /// <param name="message">The message, for its channel and account.</param>
    /// <param name="reference">Names the file there.</param>
    /// <param name="runId">Names the message.</param>
    /// <param name="pathFor">Where it goes, by the type of picture that it is.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<StoredMedia> FetchAsync(InboundMessage message, string reference, string runId, Func<string?, string> pathFor, CancellationToken cancellationToken)
    {
        var part = await ReadAsync(message, reference, 0, cancellationToken).ConfigureAwait(false);
        if (part is not { Ok: true, Content: { } first, Length: { } length })
            return Missing(part, runId);
        var type = ImageType.Of(first.Span);
        var path = pathFor(type);
        try
        {
            await AtomicFile.WriteAsync(
                path,
                async (file, cancellation) =>
                {
                    for (var written = 0L; ;)
                    {
                        await file.WriteAsync(part.Content.Value, cancellation).ConfigureAwait(false);
                        written += part.Content.Value.Length;
                        if (written >= length)
                            return;
                        part = await ReadAsync(message, reference, written, cancellation).ConfigureAwait(false);
                        if (part is not { Ok: true, Content.Length: > 0 } || part.Length != length)
                            throw new IOException("the file broke off");
                    }
                },
                cancellationToken).ConfigureAwait(false);
            _waitingSince.TryRemove(runId, out _);
            return new StoredMedia { Path = path, ImageType = type, Length = length };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (part is not { Ok: true })
                return Missing(part, runId);
            LogNotStored(logger, runId, e.Message);
            return new StoredMedia { Problem = "it could not be stored" };
        }
    }

    private Task<ActionResult> ReadAsync(InboundMessage message, string reference, long offset, CancellationToken cancellationToken) =>
        channels.ActAsync(message.Channel, message.AccountId, new ReadMediaAction(reference, offset), cancellationToken, PartPatience);

    private StoredMedia Missing(ActionResult result, string runId)
    {
        if (result.IsUnavailable)
        {
            if (_waitingSince.Count >= MaxRemembered)
                _waitingSince.Clear();
            if (time.GetElapsedTime(_waitingSince.GetOrAdd(runId, _ => time.GetTimestamp())) < ChannelPatience)
                return new StoredMedia { IsLater = true };
        }
        _waitingSince.TryRemove(runId, out _);
        return new StoredMedia { Problem = result.Error };
    }

    [LoggerMessage(8219, LogLevel.Error, "A file of message {RunId} could not be stored: {Reason}")]
    private static partial void LogNotStored(ILogger logger, string runId, string reason);
}
