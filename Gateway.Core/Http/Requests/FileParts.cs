using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Text;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Egress;

namespace OpenClaw.Gateway.Core.Http.Requests;

/// <summary>A file that a request names.</summary>
/// <param name="Path">Path of its field.</param>
/// <param name="Name">File name; null for none.</param>
/// <param name="Url">Address to fetch it from; null when <paramref name="Data"/> has it.</param>
/// <param name="Data">Base64 content.</param>
/// <param name="MediaType">As the caller says, parameters included; null takes the server's word.</param>
internal sealed record FilePart(string Path, string? Name, string? Url, string? Data, string? MediaType);

/// <summary>Reads the text of files, for the system prompt of a turn: <c>&lt;file name="…"&gt;</c>, as in the original.</summary>
internal sealed class FileParts(ConfigStore configuration, EgressFetcher fetcher)
{
    private const int DefaultMaxChars = 200_000;
    private const int MaxNameChars = 200;

    /// <summary>The block of one file, or what is wrong with it.</summary>
    public async Task<(string? Block, string? Wrong)> ReadAsync(FilePart file, CancellationToken cancellationToken)
    {
        var options = MediaOptions.Files(configuration.Current);
        byte[] bytes;
        var type = file.MediaType;
        if (file.Url is { } url)
        {
            if (!options.AllowUrl)
                return (null, "Error: input_file URL sources are disabled by config");
            var fetched = await fetcher.FetchAsync(url, options.Limits, cancellationToken).ConfigureAwait(false);
            if (fetched.Error is { } error)
                return (null, error);
            (bytes, type) = (fetched.Bytes, fetched.ContentType?.ToString() ?? type);
        }
        else
        {
            if (!Base64.IsValid(file.Data, out var size))
                return (null, "the file is no valid base64");
            if (size > options.Limits.MaxBytes)
                return (null, FormattableString.Invariant($"Error: File too large: {size} bytes (limit: {options.Limits.MaxBytes} bytes)"));
            bytes = Convert.FromBase64String(file.Data!);
        }
        var media = MediaTypeHeaderValue.TryParse(type, out var parsed) ? parsed : null;
        var mime = media?.MediaType?.ToLowerInvariant() ?? "application/octet-stream";
        if (!options.AllowedMimes.Contains(mime, StringComparer.Ordinal))
            return (null, $"Error: Unsupported file MIME type: {mime}");
        return mime == "application/pdf" ? (null, "Error: PDF files cannot be read by this gateway; send their text or pictures of their pages") : (Block(file.Name, Decode(bytes, media?.CharSet)), null);
    }

    /// <summary>How a file is called to the model.</summary>
    public static string NameOf(string? name)
    {
        var shown = new string([.. (name ?? "").Where(static c => !char.IsControl(c) && c is not ('"' or '<' or '>')).Take(MaxNameChars)]).Trim();
        return shown.Length > 0 ? shown : "file";
    }

    private string Block(string? name, string text)
    {
        var limit = configuration.Current.Gateway.HttpEndpoints.Section("responses").Section("files").Int("maxChars") ?? DefaultMaxChars;
        if (text.Length > limit)
            text = text[..(char.IsHighSurrogate(text[limit - 1]) ? limit - 1 : limit)];
        // The file must not end its own block, and go on as if the caller had spoken.
        return $"<file name=\"{NameOf(name)}\">\n{text.Replace("</file", "<\\/file", StringComparison.OrdinalIgnoreCase)}\n</file>";
    }

    private static string Decode(byte[] bytes, string? charset)
    {
        var encoding = Encoding.UTF8;
        if (charset is { Length: > 0 })
        {
            try
            {
                encoding = Encoding.GetEncoding(charset.Trim('"', ' '));
            }
            catch (Exception e) when (e is ArgumentException or NotSupportedException)
            {
                // A character set that nobody knows, or one that is not read for its dangers: the ASCII part is readable all the same.
            }
        }
        return encoding.GetString(bytes).TrimStart('\uFEFF');
    }
}
