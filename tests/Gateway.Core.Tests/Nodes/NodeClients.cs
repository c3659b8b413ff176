using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Gateway.Core.Nodes;
using OpenClaw.Gateway.Core.Tests.Support;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Nodes;

/// <summary>Connects nodes, and asks what the gateway knows of them.</summary>
internal static class NodeClients
{
    /// <summary>Connects a device as a node that offers these commands.</summary>
    public static async Task<RawClient> NodeAsync(this GatewayTestHost host, TestDevice device, params string[] commands)
    {
        var client = await host.ConnectRawAsync();
        var parameters = device.ConnectParams(client, role: "node");
        parameters["commands"] = new JsonArray([.. commands.Select(command => JsonValue.Create(command))]);
        var hello = await client.HelloAsync(parameters);
        Assert.True((bool)hello["ok"]!, hello.ToJsonString());
        return client;
    }

    public static async Task<RawClient> OperatorAsync(this GatewayTestHost host, params string[] scopes)
    {
        var client = await host.ConnectRawAsync();
        await client.HelloAsync(RawClient.ConnectParams(scopes: scopes.Length == 0 ? null : scopes));
        return client;
    }

    /// <summary>Sends <c>node.invoke</c> without waiting for the answer.</summary>
    public static Task InvokeAsync(this RawClient client, string id, string nodeId, string command, long? timeoutMs = null)
    {
        var parameters = new JsonObject { ["nodeId"] = nodeId, ["command"] = command, ["idempotencyKey"] = id };
        if (timeoutMs is { } limit)
            parameters["timeoutMs"] = limit;
        return client.SendAsync(new JsonObject { ["type"] = "req", ["id"] = id, ["method"] = "node.invoke", ["params"] = parameters }.ToJsonString());
    }

    public static Task<JsonObject> AnswerAsync(this RawClient client, string id) => client.ReadUntilAsync(frame => (string?)frame["type"] == "res" && (string?)frame["id"] == id);

    /// <summary>The next request that a node gets.</summary>
    public static async Task<JsonObject> RequestedAsync(this RawClient node) => (await node.EventAsync("node.invoke.request"))["payload"]!.AsObject();

    /// <summary>Answers a request, and returns whether the gateway had no use for it.</summary>
    public static async Task<bool> ReplyAsync(this RawClient node, JsonObject request)
    {
        var result = new JsonObject { ["id"] = (string)request["id"]!, ["nodeId"] = (string)request["nodeId"]!, ["ok"] = true, ["payload"] = new JsonObject { ["done"] = true } };
        var answer = await node.RequestAsync("node.invoke.result", result);
        Assert.True((bool)answer["ok"]!, answer.ToJsonString());
        return (bool?)answer["payload"]!["ignored"] ?? false;
    }

    /// <summary>
    /// The node has read every ping that was sent to it, and the gateway its pongs: those go out when the first answer is read, and so before
    /// the second question.
    /// </summary>
    public static async Task SettleAsync(this RawClient node)
    {
        await node.RequestAsync("skills.bins");
        await node.RequestAsync("skills.bins");
    }

    /// <summary>Moves the clock in steps that hold one ping at most; every node has answered the pings so far before the next begins.</summary>
    public static async Task PassAsync(this GatewayTestHost host, ManualTimeProvider clock, TimeSpan time)
    {
        var step = TimeSpan.FromMilliseconds(100);
        var pulse = host.Services.GetRequiredService<NodePulse>();
        for (var left = time; left > TimeSpan.Zero; left -= step)
        {
            await TestTimeouts.Until(() => pulse.Unanswered == 0, "the pongs");
            clock.Advance(left < step ? left : step);
        }
    }

    /// <summary>The row of a node in <c>node.list</c>.</summary>
    public static async Task<JsonObject> RowAsync(this RawClient client, string nodeId) =>
        (await client.RequestAsync("node.list"))["payload"]!["nodes"]!.AsArray().Select(row => row!.AsObject()).Single(row => (string)row["nodeId"]! == nodeId);
}
