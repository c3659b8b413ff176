using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Broadcasting;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Core.Voice;
using OpenClaw.Gateway.Protocol.Errors;
using OpenClaw.Gateway.Protocol.Events;
using OpenClaw.Gateway.Protocol.Methods;

namespace OpenClaw.Gateway.Core.Methods.Voice;

/// <summary><c>voicewake.get</c>: the words that devices listen for.</summary>
internal sealed class VoiceWakeGetMethod(VoiceSettings settings) : JsonMethod<JsonElement>(GatewayMethods.VoiceWakeGet)
{
    protected override async ValueTask<MethodResult<JsonObject>> RunAsync(JsonElement parameters, MethodContext context, CancellationToken cancellationToken) =>
        VoiceWakeSetMethod.Result(await settings.TriggersAsync(cancellationToken).ConfigureAwait(false));
}

/// <summary><c>voicewake.set</c>: replaces them, and tells everybody.</summary>
internal sealed class VoiceWakeSetMethod(VoiceSettings settings, Broadcaster broadcaster) : JsonMethod<JsonElement>(GatewayMethods.VoiceWakeSet)
{
    public static JsonObject Result(IReadOnlyList<string> triggers) => new() { ["triggers"] = new JsonArray([.. triggers.Select(static trigger => (JsonNode)trigger)]) };

    protected override async ValueTask<MethodResult<JsonObject>> RunAsync(JsonElement parameters, MethodContext context, CancellationToken cancellationToken)
    {
        if (parameters.Find("triggers") is not { ValueKind: JsonValueKind.Array } given)
            return ErrorShape.InvalidRequest("voicewake.set requires triggers: string[]");
        var result = Result(await settings.SetTriggersAsync(given.EnumerateArray().Select(static item => item.ValueKind is JsonValueKind.String ? item.GetString() : null), cancellationToken).ConfigureAwait(false));
        broadcaster.Broadcast(EventNames.VoiceWakeChanged, Encoding.UTF8.GetBytes(result.ToJsonString()));
        return result;
    }
}
