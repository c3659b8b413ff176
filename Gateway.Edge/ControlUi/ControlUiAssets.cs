using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;

namespace OpenClaw.Gateway.Edge.ControlUi;

/// <summary>A file of the web page, in memory.</summary>
/// <param name="Content">Bytes.</param>
/// <param name="ContentType">Media type.</param>
/// <param name="ETag">Quoted hash of the bytes.</param>
internal sealed record ControlUiAsset(byte[] Content, string ContentType, string ETag);

/// <summary>The files of the web page, embedded at build time: there is no directory to escape from.</summary>
internal sealed class ControlUiAssets
{
    private const string Prefix = "ControlUi/";

    private readonly Lazy<FrozenDictionary<string, ControlUiAsset>> _files = new(Load);

    /// <summary>The file at a path relative to the page, or null.</summary>
    public ControlUiAsset? Find(string path) => _files.Value.GetValueOrDefault(path.Length == 0 ? "index.html" : path);

    private static FrozenDictionary<string, ControlUiAsset> Load()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var files = new Dictionary<string, ControlUiAsset>(StringComparer.Ordinal);
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            var content = new byte[stream.Length];
            stream.ReadExactly(content);
            files[name[Prefix.Length..]] = new ControlUiAsset(content, ContentTypeOf(name), $"\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 12))}\"");
        }
        return files.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static string ContentTypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => "application/octet-stream",
    };
}
