using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Agents.Models;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Storage;

namespace OpenClaw.Gateway.Core.Onboarding;

/// <summary>Puts a key into the main agent's <c>auth-profiles.json</c>, beside those that are there.</summary>
internal static class StoredKeys
{
    public static async Task<string?> StoreAsync(GatewayEnvironment environment, ChosenKey key, CancellationToken cancellation)
    {
        var path = Path.Combine(environment.StateDirectory, "agents", "main", "agent", AuthProfiles.FileName);
        JsonObject root;
        try
        {
            root = File.Exists(path) ? JsonNode.Parse(await File.ReadAllBytesAsync(path, cancellation).ConfigureAwait(false)) as JsonObject ?? throw new JsonException() : new JsonObject { ["version"] = 1 };
        }
        catch (JsonException)
        {
            // Somebody's other keys may be in it.
            return $"{environment.Display(path)} holds no JSON object; repair or remove it first, nothing was changed";
        }
        if (root["profiles"] is not JsonObject profiles)
            root["profiles"] = profiles = [];
        profiles[key.ProfileId] = ProfileOf(key);
        AtomicFile.CreateDirectory(Path.GetDirectoryName(path)!);
        await AtomicFile.WriteAsync(path, JsonSerializer.SerializeToUtf8Bytes(root, OnboardingJson.Indented.JsonObject), cancellation).ConfigureAwait(false);
        return null;
    }

    private static JsonObject ProfileOf(ChosenKey key)
    {
        var profile = new JsonObject { ["type"] = key.IsToken ? "token" : "api_key", ["provider"] = key.Provider, [key.IsToken ? "token" : "key"] = key.Key };
        if (key.Expires is { } expires)
            profile["expires"] = expires.ToUnixTimeMilliseconds();
        return profile;
    }
}
