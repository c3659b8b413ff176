using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace OpenClaw.Cli.Updates;

/// <summary>What a feed says about its newest version: the file <c>openclaw-&lt;rid&gt;.json</c> that eng/package writes.</summary>
/// <param name="Version">Its number.</param>
/// <param name="File">Name of the archive beside the manifest.</param>
/// <param name="Sha256">Its hash, in hex.</param>
/// <param name="Size">Its bytes.</param>
internal sealed partial record UpdateManifest(string Version, string File, string Sha256, long Size)
{
    /// <summary>Eight times what a package has today. More is not one.</summary>
    public const long MaxArchiveBytes = 400_000_000;

    /// <summary>Bytes of a manifest, far above any real one.</summary>
    public const int MaxBytes = 64 * 1024;

    public static bool TryParse(ReadOnlyMemory<byte> json, [NotNullWhen(true)] out UpdateManifest? manifest, [NotNullWhen(false)] out string? problem)
    {
        manifest = null;
        try
        {
            using var document = JsonDocument.Parse(json);
            problem = "the feed's file lacks version, file, sha256 or size";
            if (document.RootElement is not { ValueKind: JsonValueKind.Object } root
                || Text(root, "version") is not { } version || Text(root, "file") is not { } file || Text(root, "sha256") is not { } hash
                || !root.TryGetProperty("size", out var bytes) || bytes.ValueKind is not JsonValueKind.Number || !bytes.TryGetInt64(out var size))
            {
                return false;
            }
            problem = !VersionPattern().IsMatch(version) ? "the feed's version is none"
                : !FilePattern().IsMatch(file) ? "the feed's file name is none"
                : !HashPattern().IsMatch(hash) ? "the feed's hash is none"
                : size is <= 0 or > MaxArchiveBytes ? "the feed's size is none"
                : null;
            manifest = problem is null ? new UpdateManifest(version, file, hash.ToLowerInvariant(), size) : null;
            return problem is null;
        }
        catch (JsonException)
        {
            problem = "the feed's file is no JSON";
            return false;
        }
    }

    /// <summary>Whether a text is a version's number, and so may be the name of a directory.</summary>
    public static bool IsVersion(string text) => VersionPattern().IsMatch(text);

    public static bool IsHash(string text) => HashPattern().IsMatch(text);

    private static string? Text(JsonElement root, string name) => root.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    [GeneratedRegex(@"\A[0-9]{1,9}(\.[0-9A-Za-z-]{1,32}){1,5}\z")]
    private static partial Regex VersionPattern();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._+-]{0,200}\z")]
    private static partial Regex FilePattern();

    [GeneratedRegex(@"\A[0-9A-Fa-f]{64}\z")]
    private static partial Regex HashPattern();
}
