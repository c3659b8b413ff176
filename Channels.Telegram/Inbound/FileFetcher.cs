using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Channels.Telegram.Api;

namespace OpenClaw.Channels.Telegram.Inbound;

/// <summary>Fetches the files of messages, when somebody asks for them. What cannot be had is said: the words of a message never wait for its pictures in vain.</summary>
/// <param name="api">The API.</param>
/// <param name="limit">Largest file, in bytes.</param>
/// <param name="time">Clock.</param>
internal sealed class FileFetcher(BotApi api, long limit, TimeProvider time)
{
    private const int Attempts = 3;

    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan DownloadTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>The words wait no longer for a file than this when the API asks to be left alone.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    /// <summary>What is told of a file before anybody has fetched it.</summary>
    public InboundMedia Describe(FileToFetch file)
    {
        var media = new InboundMedia(file.Kind) { ContentType = file.ContentType, FileName = NameOf(file.FileName) };
        // Of a picture the largest size that may be taken.
        return file.Choices.FirstOrDefault(choice => choice.FileSize is null || choice.FileSize <= limit) is { } choice
            ? media with { Reference = choice.FileId }
            : media with { Problem = TooLarge };
    }

    private string TooLarge => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{InboundMedia.TooLarge}{limit / (1024.0 * 1024):0.#} MB");

    /// <summary>Fetches a file.</summary>
    /// <param name="fileId">Its id.</param>
    /// <param name="destination">Empty; takes the bytes.</param>
    /// <param name="cancellationToken">Nobody wants it any more.</param>
    /// <returns>Null when all is there; else why not, for people.</returns>
    public async Task<string?> FetchAsync(string fileId, Stream destination, CancellationToken cancellationToken)
    {
        var problem = "";
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            if (attempt > 1)
                await Task.Delay(Pause * (attempt - 1), time, cancellationToken).ConfigureAwait(false);
            var found = await api.CallAsync<GetFileRequest, RemoteFile>("getFile", new GetFileRequest(fileId), CallTimeout, cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            if (found.Says("file is too big"))
                return InboundMedia.TooLarge + "20 MB";
            if (found is { IsOk: true, Result.FilePath: { Length: > 0 } path })
            {
                if (found.Result.FileSize > limit)
                    return TooLarge;
                destination.SetLength(0);
                var file = await api.DownloadAsync(path, destination, limit, DownloadTimeout, cancellationToken).ConfigureAwait(false);
                if (file.IsOk)
                    return null;
                if (file.Code == 413)
                    return TooLarge;
                problem = file.Error;
            }
            else
            {
                problem = found.IsOk ? "the API names no place to fetch it from" : found.Error;
                if (found.RetryAfter is { } asked && asked <= LongestWait && attempt < Attempts)
                    await Task.Delay(asked, time, cancellationToken).ConfigureAwait(false);
                else if (found.Outcome is BotOutcome.Refused)
                    break;
            }
        }
        return $"could not be fetched from Telegram ({problem})";
    }

    private static string? NameOf(string? name) => name?.Split('/', '\\')[^1] is { Length: > 0 } last ? last[..Math.Min(last.Length, 200)] : null;
}
