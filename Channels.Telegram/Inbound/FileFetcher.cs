using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Channels.Telegram.Api;

namespace OpenClaw.Channels.Telegram.Inbound;

/// <summary>Fetches the files of messages. What cannot be had is said in its place: the words of a message never wait for its pictures in vain.</summary>
/// <param name="api">The API.</param>
/// <param name="limit">Largest file, in bytes.</param>
/// <param name="time">Clock.</param>
internal sealed class FileFetcher(BotApi api, long limit, TimeProvider time)
{
    /// <summary>All files of one message together: they travel with it through a queue that takes 8 MiB, of which Base64 leaves three quarters.</summary>
    private const long MaxTogether = 5_600_000;

    private const int Attempts = 3;

    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan DownloadTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>The words wait no longer for a file than this when the API asks to be left alone.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    public async Task<IReadOnlyList<InboundMedia>> FetchAsync(IReadOnlyList<FileToFetch> files, CancellationToken cancellationToken)
    {
        var fetched = new List<InboundMedia>();
        var left = MaxTogether;
        foreach (var file in files)
        {
            var media = await FetchAsync(file, Math.Min(limit, left), cancellationToken).ConfigureAwait(false);
            left -= media.Content?.Length ?? 0;
            fetched.Add(media);
        }
        return fetched;
    }

    private async Task<InboundMedia> FetchAsync(FileToFetch file, long most, CancellationToken cancellationToken)
    {
        var media = new InboundMedia(file.Kind) { ContentType = file.ContentType, FileName = NameOf(file.FileName) };
        // Of a picture the largest size that may be taken.
        if (file.Choices.FirstOrDefault(choice => choice.FileSize is null || choice.FileSize <= most) is not { } choice)
            return media with { Problem = TooLarge(most) };
        var (content, problem) = await FetchAsync(choice.FileId, most, cancellationToken).ConfigureAwait(false);
        return content is null ? media with { Problem = problem } : media with { Content = content };
    }

    private async Task<(byte[]? Content, string? Problem)> FetchAsync(string fileId, long most, CancellationToken cancellationToken)
    {
        var problem = "";
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            if (attempt > 1)
                await Task.Delay(Pause * (attempt - 1), time, cancellationToken).ConfigureAwait(false);
            var found = await api.CallAsync<GetFileRequest, RemoteFile>("getFile", new GetFileRequest(fileId), CallTimeout, cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            if (found.Says("file is too big"))
                return (null, "too large: bots may fetch 20 MB");
            if (found is { IsOk: true, Result.FilePath: { Length: > 0 } path })
            {
                if (found.Result.FileSize > most)
                    return (null, TooLarge(most));
                var file = await api.DownloadAsync(path, most, DownloadTimeout, cancellationToken).ConfigureAwait(false);
                if (file is { IsOk: true, Result: { } content })
                    return (content, null);
                if (file.Code == 413)
                    return (null, TooLarge(most));
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
        return (null, $"could not be fetched from Telegram ({problem})");
    }

    private static string TooLarge(long most) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"too large: the limit is {most / (1024.0 * 1024):0.#} MB");

    private static string? NameOf(string? name) => name?.Split('/', '\\')[^1] is { Length: > 0 } last ? last[..Math.Min(last.Length, 200)] : null;
}
