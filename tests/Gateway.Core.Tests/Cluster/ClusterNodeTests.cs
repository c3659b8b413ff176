using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Gateway.Core.Approvals;
using OpenClaw.Gateway.Core.Nodes;
using OpenClaw.Gateway.Core.Tests.Nodes;
using OpenClaw.Gateway.Core.Tests.Support;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Cluster;

/// <summary>Nodes and the people who approve commands, each on another core than the one that asks.</summary>
public abstract class ClusterNodeTests(bool redis) : IAsyncLifetime
{
    private readonly TestDevice _device = new(1);
    private ClusterHost? _cluster;

    private ClusterHost Cluster => _cluster!;

    public async Task InitializeAsync()
    {
        if (!redis || RedisServer.Missing is null)
            _cluster = await ClusterHost.StartAsync(redis);
    }

    public async Task DisposeAsync()
    {
        if (_cluster is not null)
            await _cluster.DisposeAsync();
        _device.Dispose();
    }

    [Fact]
    public async Task Node_OfAnotherCore_IsListedAskedAndMissed()
    {
        if (_cluster is null)
            return;
        await using var client = await Cluster.Cores[0].OperatorAsync();
        var node = await Cluster.Cores[1].NodeAsync(_device, "system.which");
        await SeesAsync(0, isConnected: true);

        var row = await client.RowAsync(_device.Id);
        Assert.True((bool)row["connected"]!);
        Assert.Equal(["system.which"], row["commands"]!.AsArray().Select(command => (string)command!));
        Assert.Equal(_device.Id, (string?)(await client.RequestAsync("node.describe", new JsonObject { ["nodeId"] = _device.Id }))["payload"]!["nodeId"]);
        await client.InvokeAsync("1", _device.Id, "system.which");
        Assert.False(await node.ReplyAsync(await node.RequestedAsync()));
        Assert.True((bool)(await client.AnswerAsync("1"))["payload"]!["payload"]!["done"]!);
        await client.InvokeAsync("2", _device.Id, "system.notify");
        Assert.Equal("node command not allowed", (string?)(await client.AnswerAsync("2"))["error"]!["message"]);

        await client.InvokeAsync("3", _device.Id, "system.which");
        await node.RequestedAsync();
        await node.DisposeAsync();
        Assert.Equal("Error: node disconnected (system.which)", (string?)(await client.AnswerAsync("3"))["error"]!["message"]);
        await SeesAsync(0, isConnected: false);
        await client.InvokeAsync("4", _device.Id, "system.which");
        Assert.Equal("node not connected", (string?)(await client.AnswerAsync("4"))["error"]!["message"]);
        Assert.False((bool)(await client.RowAsync(_device.Id))["connected"]!);
    }

    [Fact]
    public async Task Node_ThatComesToAnotherCore_IsAskedThere()
    {
        if (_cluster is null)
            return;
        await using var client = await Cluster.Cores[0].OperatorAsync();
        await using var before = await Cluster.Cores[0].NodeAsync(_device, "system.which");
        await using var after = await Cluster.Cores[1].NodeAsync(_device, "system.which");
        await TestTimeouts.Until(() => Shared(0).CoreOf(_device.Id) is not null, "the first core knows where the node is now");

        await client.InvokeAsync("1", _device.Id, "system.which");
        await after.ReplyAsync(await after.RequestedAsync());

        Assert.True((bool)(await client.AnswerAsync("1"))["payload"]!["payload"]!["done"]!);
        Assert.Single(Shared(0).All());
    }

    [Fact]
    public async Task Approval_AskedOnOneCore_IsDecidedOnAnother()
    {
        if (_cluster is null)
            return;
        await using var approver = await Cluster.Cores[1].OperatorAsync("operator.approvals");
        await TestTimeouts.Until(() => Cluster.Cores[0].Services.GetRequiredService<SharedApprovals>().MayBeDecided, "the first core knows of the approver");
        await using var asking = await Cluster.Cores[0].OperatorAsync();
        await asking.SendAsync(new JsonObject { ["type"] = "req", ["id"] = "1", ["method"] = "exec.approval.request", ["params"] = new JsonObject { ["id"] = "a1", ["command"] = "ls" } }.ToJsonString());
        Assert.Equal("a1", (string?)(await approver.EventAsync("exec.approval.requested"))["payload"]!["id"]);

        var decision = new JsonObject { ["id"] = "a1", ["decision"] = "allow-once" };
        Assert.True((bool)(await approver.RequestAsync("exec.approval.resolve", decision))["ok"]!);

        Assert.Equal("allow-once", (string?)(await asking.AnswerAsync("1"))["payload"]!["decision"]);
        Assert.Equal("unknown approval id", (string?)(await approver.RequestAsync("exec.approval.resolve", decision))["error"]!["message"]);
    }

    [Fact]
    public async Task Approval_AskedOnOneCore_LetsTheCommandRunFromAnother_Once()
    {
        if (_cluster is null)
            return;
        await using var approver = await Cluster.Cores[1].OperatorAsync("operator.approvals");
        await TestTimeouts.Until(() => Cluster.Cores[0].Services.GetRequiredService<SharedApprovals>().MayBeDecided, "the first core knows of the approver");
        await using var asking = await Cluster.Cores[0].OperatorAsync("operator.write", "operator.approvals");
        await using var node = await Cluster.Cores[1].NodeAsync(_device, "system.run");
        await using var running = await Cluster.Cores[1].OperatorAsync("operator.write");
        var question = new JsonObject { ["id"] = "a1", ["command"] = "echo hi", ["host"] = "node", ["nodeId"] = _device.Id };
        await asking.SendAsync(new JsonObject { ["type"] = "req", ["id"] = "1", ["method"] = "exec.approval.request", ["params"] = question }.ToJsonString());
        await approver.EventAsync("exec.approval.requested");
        await approver.RequestAsync("exec.approval.resolve", new JsonObject { ["id"] = "a1", ["decision"] = "allow-once" });
        await asking.AnswerAsync("1");

        var first = await RunAsync(running, node, "2");
        var second = await RunAsync(running, node, "3");

        Assert.Equal("allow-once", (string?)first["approvalDecision"]);
        Assert.Null(second["approved"]);
    }

    /// <summary>What the node is asked.</summary>
    private async Task<JsonNode> RunAsync(RawClient client, RawClient node, string id)
    {
        var run = new JsonObject { ["command"] = new JsonArray("echo", "hi"), ["runId"] = "a1", ["approved"] = true };
        var call = new JsonObject { ["nodeId"] = _device.Id, ["command"] = "system.run", ["params"] = run, ["idempotencyKey"] = id };
        await client.SendAsync(new JsonObject { ["type"] = "req", ["id"] = id, ["method"] = "node.invoke", ["params"] = call }.ToJsonString());
        var request = await node.RequestedAsync();
        await node.ReplyAsync(request);
        await client.AnswerAsync(id);
        return JsonNode.Parse((string)request["paramsJSON"]!)!;
    }

    private SharedNodes Shared(int core) => Cluster.Cores[core].Services.GetRequiredService<SharedNodes>();

    private Task SeesAsync(int core, bool isConnected) => TestTimeouts.Until(() => Shared(core).Find(_device.Id) is not null == isConnected, $"core {core} knows whether the node is connected");
}

public sealed class InProcessClusterNodeTests() : ClusterNodeTests(redis: false);

public sealed class RedisClusterNodeTests() : ClusterNodeTests(redis: true);
