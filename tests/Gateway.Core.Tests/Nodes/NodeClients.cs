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

    /// <summary>Moves the clock in seconds; nodes that are pinged in one of them have answered before the next begins.</summary>
    public static async Task PassAsync(this GatewayTestHost host, ManualTimeProvider clock, TimeSpan time)
    {
        for (var left = time; left > TimeSpan.Zero; left -= TimeSpan.FromSeconds(1))
        {
            await host.PongsAsync();
            var known = host.Services.GetRequiredService<NodeRegistry>().All.Select(node => (node.Connection, node.Connection.Heard, node.Connection.Pings)).ToArray();
            clock.Advance(left < TimeSpan.FromSeconds(1) ? left : TimeSpan.FromSeconds(1));
            foreach (var (connection, heard, pings) in known.Where(before => before.Connection.Pings != before.Pings))
                await TestTimeouts.Until(() => connection.Heard != heard, "the pong");
        }
    }

    /// <summary>Waits until every node that was ever pinged has been heard.</summary>
    public static async Task PongsAsync(this GatewayTestHost host)
    {
        foreach (var node in host.Services.GetRequiredService<NodeRegistry>().All.Where(node => node.Connection.Pings > 0))
            await TestTimeouts.Until(() => node.Connection.Heard > 0, "the first pong");
    }

    /// <summary>The row of a node in <c>node.list</c>.</summary>
    public static async Task<JsonObject> RowAsync(this RawClient client, string nodeId) =>
        (await client.RequestAsync("node.list"))["payload"]!["nodes"]!.AsArray().Select(row => row!.AsObject()).Single(row => (string)row["nodeId"]! == nodeId);
}
