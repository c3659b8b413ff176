using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Configuration.Options;

namespace OpenClaw.Gateway.Core.Agents.Models;

/// <summary>
/// The keys a person has stored for an agent (<c>auth-profiles.json</c>), read only. Profiles of type <c>api_key</c> and
/// <c>token</c> count; sign-ins by OAuth need their provider's refresh flow, which this gateway does not have.
/// </summary>
internal sealed class AuthProfiles(JsonObject root)
{
    public const string FileName = "auth-profiles.json";

    /// <summary>Far above any real file; a larger one is not a key file.</summary>
    private const int MaxBytes = 1024 * 1024;

    private static readonly AuthProfiles None = new([]);

    /// <summary>A missing or broken file holds no keys.</summary>
    public static AuthProfiles Load(string path)
    {
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists || file.Length > MaxBytes)
                return None;
            return JsonNode.Parse(File.ReadAllBytes(path)) is JsonObject root ? new AuthProfiles(root) : None;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return None;
        }
    }

    /// <summary>The key to use now: in the file's own order, those that had failures lately last.</summary>
    public ProviderKey? Find(string provider, DateTimeOffset now)
    {
        var config = new ConfigSection(root);
        var order = config.Section("order").WrittenStrings(provider) ?? [];
        var candidates = new List<(ProviderKey Key, bool Resting, int Rank)>();
        foreach (var (id, profile) in config.Section("profiles").Children())
        {
            if (ModelRef.NormalizeProvider(profile.Text("provider") ?? "") != provider || KeyOf(profile, now) is not { } key)
                continue;
            var rank = IndexOf(order, id);
            candidates.Add((new ProviderKey(key, id), IsResting(config.Section("usageStats").Section(id), now), rank));
        }
        return candidates.OrderBy(static c => c.Resting).ThenBy(static c => c.Rank).Select(static c => c.Key).FirstOrDefault();
    }

    private static string? KeyOf(ConfigSection profile, DateTimeOffset now)
    {
        if (profile.Number("expires") is { } expires && expires <= now.ToUnixTimeMilliseconds())
            return null;
        return profile.Text("type") switch
        {
            "api_key" => profile.Text("key")?.Trim(),
            "token" => profile.Text("token")?.Trim(),
            _ => null,
        };
    }

    private static bool IsResting(ConfigSection stats, DateTimeOffset now)
    {
        var until = Math.Max(stats.Number("cooldownUntil") ?? 0, stats.Number("disabledUntil") ?? 0);
        return until > now.ToUnixTimeMilliseconds();
    }

    private static int IndexOf(IReadOnlyList<string> order, string id)
    {
        for (var i = 0; i < order.Count; i++)
        {
            if (order[i] == id)
                return i;
        }
        return order.Count;
    }
}
