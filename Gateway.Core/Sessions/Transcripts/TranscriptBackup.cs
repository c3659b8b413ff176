using System.Globalization;
using OpenClaw.Gateway.Core.Storage;

namespace OpenClaw.Gateway.Core.Sessions.Transcripts;

/// <summary>Keeps what a repair takes out of a transcript: <c>&lt;file&gt;.bak-&lt;pid&gt;-&lt;ms&gt;</c>.</summary>
internal static class TranscriptBackup
{
    /// <summary>Beyond this size only the bytes that are taken out are kept; a crash loop must not fill the disk with copies.</summary>
    public const long MaxWholeCopy = 64 * 1024 * 1024;

    /// <summary>Keeps the whole file as it is now.</summary>
    public static string Whole(string path, DateTimeOffset now)
    {
        var backup = Name(path, "bak", now);
        File.Copy(path, backup, overwrite: true);
        return backup;
    }

    /// <summary>Keeps the file before its end from <paramref name="offset"/> on is cut off.</summary>
    public static async Task<string> BeforeCutAsync(string path, long offset, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (new FileInfo(path).Length <= MaxWholeCopy)
            return Whole(path, now);

        var backup = Name(path, "torn", now);
        var source = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        await using (source.ConfigureAwait(false))
        {
            source.Position = offset;
            await AtomicFile.WriteAsync(backup, async (stream, token) => await source.CopyToAsync(stream, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }
        return backup;
    }

    private static string Name(string path, string kind, DateTimeOffset now) =>
        string.Create(CultureInfo.InvariantCulture, $"{path}.{kind}-{Environment.ProcessId}-{now.ToUnixTimeMilliseconds()}");
}
