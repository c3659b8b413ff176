using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Agents.Tools;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Storage;

namespace OpenClaw.Gateway.Core.Voice;

/// <summary>
/// What devices that listen and speak are told: <c>settings/voicewake.json</c> and <c>settings/tts.json</c> in the state directory, in
/// the peer's format. A broken file counts as empty; what other versions keep in it stays.
/// </summary>
internal sealed class VoiceSettings(GatewayEnvironment environment, TimeProvider time) : IDisposable
{
    private const int MaxTriggers = 32;
    private const int MaxTriggerChars = 64;

    /// <summary>What the peer's devices listen for when nobody chose.</summary>
    private static readonly string[] DefaultTriggers = ["openclaw", "claude", "computer"];

    private readonly SemaphoreSlim _gate = new(1, 1);

    public string TtsPath => PathOf("tts.json");

    public static IReadOnlyList<string> Speakers { get; } = ["openai", "elevenlabs", "edge"];

    public async Task<IReadOnlyList<string>> TriggersAsync(CancellationToken cancellationToken) =>
        Normalized(((await ReadAsync(PathOf("voicewake.json"), cancellationToken).ConfigureAwait(false))["triggers"] as JsonArray ?? []).Select(static item => item is JsonValue value && value.TryGetValue(out string? text) ? text : null));

    /// <summary>Stores them, and returns what was stored.</summary>
    public async Task<IReadOnlyList<string>> SetTriggersAsync(IEnumerable<string?> triggers, CancellationToken cancellationToken)
    {
        var wanted = Normalized(triggers);
        await ChangeAsync(
            PathOf("voicewake.json"),
            root =>
            {
                root["triggers"] = new JsonArray([.. wanted.Select(static trigger => (JsonNode)trigger)]);
                root["updatedAtMs"] = time.GetUtcNow().ToUnixTimeMilliseconds();
            },
            cancellationToken).ConfigureAwait(false);
        return wanted;
    }

    /// <summary>When answers are spoken, and by whom.</summary>
    public async Task<(string Auto, string Provider)> SpeechAsync(CancellationToken cancellationToken)
    {
        var tts = (await ReadAsync(TtsPath, cancellationToken).ConfigureAwait(false))["tts"] as JsonObject ?? [];
        var auto = Text(tts["auto"]) ?? (tts["enabled"] is JsonValue enabled && enabled.TryGetValue(out bool on) && on ? "always" : "off");
        return (auto, Text(tts["provider"]) is { } provider && Speakers.Contains(provider, StringComparer.Ordinal) ? provider : "edge");
    }

    public Task SetAutoAsync(string auto, CancellationToken cancellationToken) => ChangeTtsAsync(
        tts =>
        {
            tts.Remove("enabled");
            tts["auto"] = auto;
        },
        cancellationToken);

    public Task SetProviderAsync(string provider, CancellationToken cancellationToken) => ChangeTtsAsync(tts => tts["provider"] = provider, cancellationToken);

    public void Dispose() => _gate.Dispose();

    private Task ChangeTtsAsync(Action<JsonObject> change, CancellationToken cancellationToken) => ChangeAsync(
        TtsPath,
        root =>
        {
            if (root["tts"] is not JsonObject tts)
                root["tts"] = tts = [];
            change(tts);
        },
        cancellationToken);

    private async Task ChangeAsync(string path, Action<JsonObject> change, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var root = await ReadAsync(path, cancellationToken).ConfigureAwait(false);
            change(root);
            await AtomicFile.WriteAsync(path, Encoding.UTF8.GetBytes(ToolJson.Indented(root) + "\n"), CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    private static async Task<JsonObject> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return File.Exists(path) ? JsonNode.Parse(await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false)) as JsonObject ?? [] : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static string[] Normalized(IEnumerable<string?> triggers)
    {
        string[] kept = [.. triggers.Select(static trigger => trigger?.Trim()).OfType<string>().Where(static trigger => trigger.Length > 0)
            .Take(MaxTriggers).Select(static trigger => trigger.Length > MaxTriggerChars ? trigger[..MaxTriggerChars] : trigger)];
        return kept.Length == 0 ? DefaultTriggers : kept;
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) && text.Trim() is { Length: > 0 } trimmed ? trimmed : null;

    private string PathOf(string name) => Path.Combine(environment.StateDirectory, "settings", name);
}
