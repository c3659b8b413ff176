using System.Text;
using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Broadcasting;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Core.Nodes;
using OpenClaw.Gateway.Protocol.Errors;
using OpenClaw.Gateway.Protocol.Events;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Voice;

namespace OpenClaw.Gateway.Core.Methods.Voice;

/// <summary><c>talk.mode</c>: people talk with the agent, or stop; everybody is told. A web page needs a phone that listens for it.</summary>
internal sealed class TalkModeMethod(Broadcaster broadcaster, SharedNodes nodes, TimeProvider time) : JsonMethod<TalkModeParams>(GatewayMethods.TalkMode)
{
    protected override ValueTask<MethodResult<JsonObject>> RunAsync(TalkModeParams parameters, MethodContext context, CancellationToken cancellationToken)
    {
        var client = context.Caller.Client;
        if ((client.Mode == "webchat" || client.Id == "webchat-ui") && !nodes.All().Any(static node => IsMobile(node.Client.Platform)))
            return ValueTask.FromResult<MethodResult<JsonObject>>(ErrorShape.Unavailable("talk disabled: no connected iOS/Android nodes"));
        var result = new JsonObject
        {
            ["enabled"] = parameters.Enabled,
            ["phase"] = parameters.Phase,
            ["ts"] = time.GetUtcNow().ToUnixTimeMilliseconds(),
        };
        broadcaster.Broadcast(EventNames.TalkMode, Encoding.UTF8.GetBytes(result.ToJsonString()));
        return ValueTask.FromResult<MethodResult<JsonObject>>(result);
    }

    private static bool IsMobile(string platform) =>
        platform.Trim() is var name && (name.StartsWith("ios", StringComparison.OrdinalIgnoreCase) || name.StartsWith("ipados", StringComparison.OrdinalIgnoreCase) || name.StartsWith("android", StringComparison.OrdinalIgnoreCase));
}
