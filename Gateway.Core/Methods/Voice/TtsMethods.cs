using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Core.Voice;
using OpenClaw.Gateway.Protocol.Errors;
using OpenClaw.Gateway.Protocol.Methods;

namespace OpenClaw.Gateway.Core.Methods.Voice;

/// <summary><c>tts.status</c>: what was chosen. Nobody can speak in this gateway, and it says so.</summary>
internal sealed class TtsStatusMethod(VoiceSettings settings) : JsonMethod<JsonElement>(GatewayMethods.TtsStatus)
{
    protected override async ValueTask<MethodResult<JsonObject>> RunAsync(JsonElement parameters, MethodContext context, CancellationToken cancellationToken)
    {
        var (auto, provider) = await settings.SpeechAsync(cancellationToken).ConfigureAwait(false);
        return new JsonObject
        {
            ["enabled"] = auto != "off",
            ["auto"] = auto,
            ["provider"] = provider,
            ["fallbackProvider"] = null,
            ["fallbackProviders"] = new JsonArray(),
            ["prefsPath"] = settings.TtsPath,
            ["hasOpenAIKey"] = false,
            ["hasElevenLabsKey"] = false,
            ["edgeEnabled"] = false,
        };
    }
}

/// <summary><c>tts.providers</c>: those that can be chosen; none is set up.</summary>
internal sealed class TtsProvidersMethod(VoiceSettings settings) : JsonMethod<JsonElement>(GatewayMethods.TtsProviders)
{
    private static readonly Dictionary<string, (string Name, string[] Models, string[]? Voices)> Known = new(StringComparer.Ordinal)
    {
        ["openai"] = ("OpenAI", ["gpt-4o-mini-tts", "tts-1", "tts-1-hd"], ["alloy", "ash", "coral", "echo", "fable", "onyx", "nova", "sage", "shimmer"]),
        ["elevenlabs"] = ("ElevenLabs", ["eleven_multilingual_v2", "eleven_turbo_v2_5", "eleven_monolingual_v1"], null),
        ["edge"] = ("Edge TTS", [], null),
    };

    protected override async ValueTask<MethodResult<JsonObject>> RunAsync(JsonElement parameters, MethodContext context, CancellationToken cancellationToken) => new JsonObject
    {
        ["providers"] = new JsonArray([.. VoiceSettings.Speakers.Select(Describe)]),
        ["active"] = (await settings.SpeechAsync(cancellationToken).ConfigureAwait(false)).Provider,
    };

    private static JsonObject Describe(string id)
    {
        var (name, models, voices) = Known[id];
        var provider = new JsonObject { ["id"] = id, ["name"] = name, ["configured"] = false, ["models"] = Texts(models) };
        if (voices is not null)
            provider["voices"] = Texts(voices);
        return provider;
    }

    private static JsonArray Texts(string[] texts) => new([.. texts.Select(static text => (JsonNode)text)]);
}

/// <summary><c>tts.enable</c> and <c>tts.disable</c>: kept for devices that speak themselves.</summary>
internal sealed class TtsSwitchMethod(VoiceSettings settings, bool on) : JsonMethod<JsonElement>(on ? GatewayMethods.TtsEnable : GatewayMethods.TtsDisable)
{
    protected override async ValueTask<MethodResult<JsonObject>> RunAsync(JsonElement parameters, MethodContext context, CancellationToken cancellationToken)
    {
        await settings.SetAutoAsync(on ? "always" : "off", cancellationToken).ConfigureAwait(false);
        return new JsonObject { ["enabled"] = on };
    }
}

/// <summary><c>tts.setProvider</c>.</summary>
internal sealed class TtsSetProviderMethod(VoiceSettings settings) : JsonMethod<JsonElement>(GatewayMethods.TtsSetProvider)
{
    protected override async ValueTask<MethodResult<JsonObject>> RunAsync(JsonElement parameters, MethodContext context, CancellationToken cancellationToken)
    {
        if (parameters.Text("provider") is not { } provider || !VoiceSettings.Speakers.Contains(provider, StringComparer.Ordinal))
            return ErrorShape.InvalidRequest("Invalid provider. Use openai, elevenlabs, or edge.");
        await settings.SetProviderAsync(provider, cancellationToken).ConfigureAwait(false);
        return new JsonObject { ["provider"] = provider };
    }
}
