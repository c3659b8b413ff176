using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Core.Nodes;
using OpenClaw.Gateway.Protocol.Errors;
using OpenClaw.Gateway.Protocol.Methods;

namespace OpenClaw.Gateway.Core.Methods.Nodes;

/// <summary><c>browser.request</c>: controls the browser of a node that has one. This gateway has none itself.</summary>
internal sealed class BrowserRequestMethod(SharedNodes nodes, NodeCommandPolicy policy, NodeInvocations invocations) : GatewayMethod<JsonElement>(GatewayMethods.BrowserRequest)
{
    private const string Command = "browser.proxy";

    /// <summary>The peer's number.</summary>
    private const long DefaultTimeoutMs = 20_000;

    protected override async ValueTask<MethodReply> HandleAsync(JsonElement parameters, MethodContext context, CancellationToken cancellationToken)
    {
        if (parameters.Text("method")?.ToUpperInvariant() is not { } method || parameters.Text("path") is not { } path)
            return MethodReply.Failed(ErrorShape.InvalidRequest("method and path are required"));
        if (method is not ("GET" or "POST" or "DELETE"))
            return MethodReply.Failed(ErrorShape.InvalidRequest("method must be GET, POST, or DELETE"));
        if (nodes.All().Where(node => policy.RefusalOf(node, Command) is null).MinBy(static node => node.ConnectedAtMs) is not { } node)
            return MethodReply.Failed(ErrorShape.Unavailable("browser control is disabled"));
        var timeoutMs = parameters.Whole("timeoutMs") is > 0 and var given ? given : DefaultTimeoutMs;
        var outcome = await invocations.InvokeAsync(node.Id, new NodeCall(Command, Forwarded(parameters, method, path, timeoutMs), timeoutMs, Guid.NewGuid().ToString()), cancellationToken).ConfigureAwait(false);
        if (NodeCallErrors.Of(outcome, Command) is { } error)
            return MethodReply.Failed(error);
        var body = NodeAnswers.Payload(outcome.Answer!) is { ValueKind: JsonValueKind.Object } payload && payload.TryGetProperty("result", out var result) ? result : default;
        return body.ValueKind is JsonValueKind.Undefined
            ? MethodReply.Failed(ErrorShape.Unavailable("browser proxy failed"))
            : new MethodReply(JsonSerializer.SerializeToUtf8Bytes(body, TypeInfo<JsonElement>()));
    }

    private static string Forwarded(JsonElement parameters, string method, string path, long timeoutMs)
    {
        var given = new JsonObject { ["method"] = method, ["path"] = path, ["timeoutMs"] = timeoutMs };
        foreach (var name in (string[])["query", "body"])
        {
            if (parameters.Find(name) is { } value)
                given[name] = JsonNode.Parse(value.GetRawText());
        }
        if (parameters.Find("query") is { ValueKind: JsonValueKind.Object } query && query.Text("profile") is { } profile)
            given["profile"] = profile;
        return given.ToJsonString();
    }
}
