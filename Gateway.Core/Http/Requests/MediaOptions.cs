using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Configuration.Options;
using OpenClaw.Gateway.Core.Egress;

namespace OpenClaw.Gateway.Core.Http.Requests;

/// <summary>What is taken of one kind of media: <c>gateway.http.endpoints.responses.images</c> or <c>.files</c>. The defaults are the original's.</summary>
/// <param name="AllowUrl">Addresses are fetched.</param>
/// <param name="AllowedMimes">Media types that are taken.</param>
/// <param name="Limits">Bounds of one of them, and of fetching it.</param>
internal sealed record MediaOptions(bool AllowUrl, IReadOnlyCollection<string> AllowedMimes, EgressLimits Limits)
{
    /// <summary>Most pictures and files of one request; more is a mistake or an attack.</summary>
    public const int MaxParts = 16;

    /// <summary>Most addresses that one request has us fetch, as in the newer releases of the original.</summary>
    public const int MaxUrls = 8;

    public static MediaOptions Images(ConfigSnapshot snapshot) =>
        From(snapshot, "images", ["image/jpeg", "image/png", "image/gif", "image/webp"], 10 << 20);

    public static MediaOptions Files(ConfigSnapshot snapshot) =>
        From(snapshot, "files", ["text/plain", "text/markdown", "text/html", "text/csv", "application/json", "application/pdf"], 5 << 20);

    private static MediaOptions From(ConfigSnapshot snapshot, string kind, string[] mimes, int maxBytes)
    {
        ConfigSection section = snapshot.Gateway.HttpEndpoints.Section("responses").Section(kind);
        return new MediaOptions(
            section.Bool("allowUrl") ?? true,
            section.WrittenStrings("allowedMimes") is { Count: > 0 } own ? [.. own.Select(static mime => mime.Trim().ToLowerInvariant())] : mimes,
            new EgressLimits(section.Long("maxBytes") ?? maxBytes, section.Int("maxRedirects") ?? 3, TimeSpan.FromMilliseconds(section.Int("timeoutMs") ?? 10_000)));
    }
}
