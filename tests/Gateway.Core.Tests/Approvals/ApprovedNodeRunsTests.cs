using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Tests.Nodes;
using OpenClaw.Gateway.Core.Tests.Support;

namespace OpenClaw.Gateway.Core.Tests.Approvals;

/// <summary>A node is told that a command was approved only when somebody approved that command.</summary>
public sealed class ApprovedNodeRunsTests : IAsyncLifetime
{
    private readonly TestDevice _device = new(1);
    private GatewayTestHost _host = null!;
    private RawClient _node = null!;
    private RawClient _writer = null!;
    private RawClient _approver = null!;

    public async Task InitializeAsync()
    {
        _host = await GatewayTestHost.StartAsync();
        _node = await _host.NodeAsync(_device, "system.run");
        _writer = await _host.OperatorAsync("operator.write");
        _approver = await _host.OperatorAsync("operator.write", "operator.approvals");
    }

    public async Task DisposeAsync()
    {
        await _approver.DisposeAsync();
        await _writer.DisposeAsync();
        await _node.DisposeAsync();
        await _host.DisposeAsync();
        _device.Dispose();
    }

    [Fact]
    public async Task ClaimOfSomebodyWhoMayNotApprove_DoesNotReachTheNode()
    {
        var seen = await ForwardedAsync(_writer, Run("""{"command":["ls"],"approved":true,"approvalDecision":"allow-always","cwd":"/"}"""));

        Assert.Equal("""{"command":["ls"],"cwd":"/"}""", seen!.ToJsonString());
    }

    [Fact]
    public async Task ClaimOfSomebodyWhoMayApprove_Does()
    {
        var seen = await ForwardedAsync(_approver, Run("""{"command":["ls"],"approved":true}"""));

        Assert.True((bool)seen!["approved"]!);
    }

    [Fact]
    public async Task ApprovedCommand_RunsOnce()
    {
        await ApproveAsync("a-1", "echo hi", "/tmp");
        var call = """{"command":["echo","hi"],"cwd":"/tmp","runId":"a-1","approved":true}""";

        Assert.Equal("allow-once", (string?)(await ForwardedAsync(_writer, Run(call)))!["approvalDecision"]);
        Assert.Null((await ForwardedAsync(_writer, Run(call)))!["approved"]);
    }

    [Theory]
    [InlineData("""{"command":["echo","ho"],"cwd":"/tmp","runId":"a-1","approved":true}""")]
    [InlineData("""{"command":["echo","hi"],"cwd":"/","runId":"a-1","approved":true}""")]
    [InlineData("""{"command":["echo","hi"],"runId":"a-1","approved":true}""")]
    [InlineData("""{"command":["echo","hi"],"cwd":"/tmp","env":{"A":"b"},"runId":"a-1","approved":true}""")]
    [InlineData("""{"command":["/bin/sh","-c","echo hi; rm x"],"rawCommand":"echo hi; rm x","cwd":"/tmp","runId":"a-1","approvalDecision":"allow-always"}""")]
    public async Task AnotherCommandDirectoryOrVariable_IsRefused_AlsoForThoseWhoMayApprove(string call)
    {
        await ApproveAsync("a-1", "echo hi", "/tmp");

        var answer = await _approver.RequestAsync("node.invoke", Run(call));

        Assert.Equal(("INVALID_REQUEST", "approval id does not match request"), ((string?)answer["error"]!["code"], (string?)answer["error"]!["message"]));
    }

    [Fact]
    public async Task DeniedCommand_IsNotApproved()
    {
        await ApproveAsync("a-1", "echo hi", "/tmp", "deny");

        Assert.Null((await ForwardedAsync(_writer, Run("""{"command":["echo","hi"],"cwd":"/tmp","runId":"a-1","approved":true}""")))!["approved"]);
    }

    private JsonObject Run(string parameters) => new()
    {
        ["nodeId"] = _device.Id,
        ["command"] = "system.run",
        ["params"] = JsonNode.Parse(parameters),
        ["idempotencyKey"] = "k",
    };

    /// <summary>The params that the node gets.</summary>
    private async Task<JsonNode?> ForwardedAsync(RawClient client, JsonObject parameters)
    {
        var id = Guid.NewGuid().ToString();
        await client.SendAsync(new JsonObject { ["type"] = "req", ["id"] = id, ["method"] = "node.invoke", ["params"] = parameters }.ToJsonString());
        var request = await _node.RequestedAsync();
        await _node.ReplyAsync(request);
        await client.AnswerAsync(id);
        return JsonNode.Parse((string)request["paramsJSON"]!);
    }

    private async Task ApproveAsync(string id, string command, string cwd, string decision = "allow-once")
    {
        var parameters = new JsonObject { ["id"] = id, ["command"] = command, ["cwd"] = cwd, ["host"] = "node" };
        await _approver.SendAsync(new JsonObject { ["type"] = "req", ["id"] = "ask", ["method"] = "exec.approval.request", ["params"] = parameters }.ToJsonString());
        await _approver.EventAsync("exec.approval.requested");
        await using var person = await _host.OperatorAsync("operator.approvals");
        Assert.True((bool)(await person.RequestAsync("exec.approval.resolve", new JsonObject { ["id"] = id, ["decision"] = decision }))["ok"]!);
        await _approver.AnswerAsync("ask");
    }
}
