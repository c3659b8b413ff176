using System.Text;
using OpenClaw.Gateway.Core.Configuration.Json5;
using OpenClaw.Gateway.Core.Storage;

namespace OpenClaw.Gateway.Core.Configuration.Loading;

/// <summary>A configuration file's text, or why there is none.</summary>
/// <param name="Text">The text; null when absent or unreadable.</param>
/// <param name="Exists">Whether there is a file.</param>
/// <param name="Problem">Why it cannot be read.</param>
internal sealed record ConfigFileText(string? Text, bool Exists, string? Problem);

internal static class ConfigFileReader
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static async Task<ConfigFileText> ReadAsync(string path, CancellationToken cancellation)
    {
        try
        {
            if (FileKind.IsSpecial(path))
                return new ConfigFileText(null, true, "it is a pipe, a socket or a device, not a file");
            if (Directory.Exists(path))
                return new ConfigFileText(null, true, "it is a directory, not a file");
            await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 4096, useAsync: true);
            if (stream.Length > Json5Document.MaxBytes)
                return new ConfigFileText(null, true, $"the file has {stream.Length} bytes; the limit is {Json5Document.MaxBytes}");
            using var buffer = new MemoryStream();
            await stream.CopyToAsync(buffer, cancellation).ConfigureAwait(false);
            return new ConfigFileText(Strict.GetString(buffer.GetBuffer(), 0, (int)buffer.Length), true, null);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return new ConfigFileText(null, false, null);
        }
        catch (DecoderFallbackException e)
        {
            // Reading on with replacement characters would write them back over the user's bytes at the next edit.
            return new ConfigFileText(null, true, $"the file is not UTF-8 (byte {e.Index})");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new ConfigFileText(null, true, e.Message.TrimEnd('.'));
        }
    }
}
