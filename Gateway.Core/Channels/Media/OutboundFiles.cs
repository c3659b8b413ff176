using System.Security.Cryptography;
using OpenClaw.Gateway.Core.Storage;

namespace OpenClaw.Gateway.Core.Channels.Media;

/// <summary>
/// Files to send, until they are sent: their messages name them only. A file has the name of its content, so that storing it again, as after a crash, makes
/// no second one; one whose message was never stored is swept away.
/// </summary>
internal sealed class OutboundFiles(MediaDirectories directories, TimeProvider time)
{
    /// <summary>Stores a file, durable when the task completes.</summary>
    /// <returns>Its reference.</returns>
    /// <exception cref="IOException">The disk refuses.</exception>
    public async Task<string> StoreAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var reference = Convert.ToHexStringLower(SHA256.HashData(content.Span));
        var path = PathOf(reference);
        if (!TryRenew(path, content.Length))
            await AtomicFile.WriteAsync(path, content, cancellationToken).ConfigureAwait(false);
        return reference;
    }

    /// <summary>A part of a file; empty beyond its end, and where it is not there.</summary>
    public async Task<ReadOnlyMemory<byte>> ReadAsync(string reference, long offset, int count, CancellationToken cancellationToken)
    {
        if (!IsReference(reference) || offset < 0)
            return default;
        try
        {
            var file = new FileStream(PathOf(reference), new FileStreamOptions { Options = FileOptions.Asynchronous, Share = FileShare.Read | FileShare.Delete });
            await using (file.ConfigureAwait(false))
            {
                if (offset >= file.Length)
                    return default;
                file.Position = offset;
                var bytes = new byte[Math.Min(count, file.Length - offset)];
                await file.ReadExactlyAsync(bytes, cancellationToken).ConfigureAwait(false);
                return bytes;
            }
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return default;
        }
    }

    private string PathOf(string reference) => Path.Combine(directories.Outbound, reference);

    /// <summary>Nothing else is a name here: what comes over the bus leads nowhere else.</summary>
    private static bool IsReference(string text) => text.Length == 2 * SHA256.HashSizeInBytes && text.All(static c => char.IsAsciiHexDigitLower(c));

    /// <summary>It is there, and is kept from now on for as long as a new one.</summary>
    private bool TryRenew(string path, long length)
    {
        try
        {
            if (new FileInfo(path) is not { Exists: true } file || file.Length != length)
                return false;
            File.SetLastWriteTimeUtc(path, time.GetUtcNow().UtcDateTime);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Swept away at this moment.
            return false;
        }
    }
}
