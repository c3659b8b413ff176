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
    [InlineData("""{"command":["touch","/x"],"rawCommand":"echo hi","cwd":"/tmp","runId":"a-1","approved":true}""")]
    [InlineData("""{"command":["echo hi"],"cwd":"/tmp","runId":"a-1","approved":true}""")]
    [InlineData("""{"command":["/tmp/sh","-c","echo hi"],"rawCommand":"echo hi","cwd":"/tmp","runId":"a-1","approved":true}""")]
    [InlineData("""{"command":["sh","-c","rm x","echo hi"],"rawCommand":"echo hi","cwd":"/tmp","runId":"a-1","approved":true}""")]
    [InlineData("""{"command":["cmd.exe","/c","rm x","echo hi"],"rawCommand":"echo hi","cwd":"/tmp","runId":"a-1","approved":true}""")]
    [InlineData("""{"command":[["echo"],"hi"],"rawCommand":"echo hi","cwd":"/tmp","runId":"a-1","approved":true}""")]
    [InlineData("""{"command":"echo hi","rawCommand":"echo hi","cwd":"/tmp","runId":"a-1","approved":true}""")]
    [InlineData("""{"command":["echo","hi"],"cwd":"/tmp","agentId":"other","runId":"a-1","approved":true}""")]
    [InlineData("""{"command":["echo","hi"],"cwd":"/tmp","env":["A=b"],"runId":"a-1","approved":true}""")]
    public async Task AnotherCommandDirectoryOrVariable_IsRefused_AlsoForThoseWhoMayApprove(string call)
    {
        await ApproveAsync("a-1", "echo hi", "/tmp");

        var answer = await _approver.RequestAsync("node.invoke", Run(call));

        Assert.Equal(("INVALID_REQUEST", "approval id does not match request"), ((string?)answer["error"]!["code"], (string?)answer["error"]!["message"]));
    }

    [Theory]
    [InlineData("echo hi", """["/bin/sh","-lc","echo hi"]""", "echo hi", null)]
    [InlineData("echo hi", """["cmd.exe","/d","/s","/c","echo hi"]""", "echo hi", "main")]
    [InlineData("touch \"A B\"", """["touch","A B"]""", null, null)]
    [InlineData("touch A B", """["touch","A","B"]""", "touch A B", null)]
    public async Task ApprovedCommand_InTheFormsThatClientsSend_Runs(string shown, string arguments, string? raw, string? agent)
    {
        await ApproveAsync("a-1", shown, "/tmp");
        var call = new JsonObject { ["command"] = JsonNode.Parse(arguments), ["cwd"] = "/tmp", ["runId"] = "a-1", ["approved"] = true };
        if (raw is not null)
            call["rawCommand"] = raw;
        if (agent is not null)
            call["agentId"] = agent;

        Assert.Equal("allow-once", (string?)(await ForwardedAsync(_writer, Run(call.ToJsonString())))!["approvalDecision"]);
    }

    [Theory]
    [InlineData("""["touch","A B"]""")]
    [InlineData("""["touch","A","B",""]""")]
    public async Task ApprovedText_ThatOtherArgumentsHave_IsRefused(string arguments)
    {
        await ApproveAsync("a-1", "touch A B", "/tmp");
        var call = new JsonObject { ["command"] = JsonNode.Parse(arguments), ["cwd"] = "/tmp", ["runId"] = "a-1", ["approved"] = true };

        Assert.Equal("approval id does not match request", (string?)(await _writer.RequestAsync("node.invoke", Run(call.ToJsonString())))["error"]!["message"]);
    }

    [Fact]
    public async Task CommandWithHiddenCharacters_IsShownWithThem_AndTheApprovalIsForTheOriginal()
    {
        const string Line = "rm x #\r\u202eecho hi";
        var shown = await ApproveAsync("a-1", Line, "/tmp");
        var call = new JsonObject { ["command"] = new JsonArray("/bin/sh", "-lc", Line), ["rawCommand"] = Line, ["cwd"] = "/tmp", ["runId"] = "a-1", ["approved"] = true };

        Assert.Equal(@"rm x #\u{d}\u{202e}echo hi", shown);
        Assert.Equal("allow-once", (string?)(await ForwardedAsync(_writer, Run(call.ToJsonString())))!["approvalDecision"]);
    }

    [Fact]
    public async Task ApprovalForANode_HoldsForNoOther()
    {
        using var other = new TestDevice(2);
        await using var stranger = await _host.NodeAsync(other, "system.run");
        const string Call = """{"command":["echo","hi"],"cwd":"/tmp","runId":"a-1","approved":true}""";
        await ApproveAsync("a-1", "echo hi", "/tmp", nodeId: other.Id);

        var refused = await _writer.RequestAsync("node.invoke", Run(Call));
        await ApproveAsync("a-1", "echo hi", "/tmp", nodeId: _device.Id);

        Assert.Equal("approval id does not match request", (string?)refused["error"]!["message"]);
        Assert.Equal("allow-once", (string?)(await ForwardedAsync(_writer, Run(Call)))!["approvalDecision"]);
    }

    [Fact]
    public async Task ApprovalOfAnotherDevice_IsOfNoUse()
    {
        using var laptop = new TestDevice(3);
        await using var stranger = await _host.ConnectRawAsync();
        await stranger.HelloAsync(laptop.ConnectParams(stranger));
        await ApproveAsync("a-1", "echo hi", "/tmp");

        var refused = await stranger.RequestAsync("node.invoke", Run("""{"command":["echo","hi"],"cwd":"/tmp","runId":"a-1","approved":true}"""));

        Assert.Equal("approval id does not match request", (string?)refused["error"]!["message"]);
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

    /// <summary>The command as people see it.</summary>
    private async Task<string?> ApproveAsync(string id, string command, string cwd, string decision = "allow-once", string? nodeId = null)
    {
        var parameters = new JsonObject { ["id"] = id, ["command"] = command, ["cwd"] = cwd, ["host"] = "node" };
        if (nodeId is not null)
            parameters["nodeId"] = nodeId;
        await _approver.SendAsync(new JsonObject { ["type"] = "req", ["id"] = "ask", ["method"] = "exec.approval.request", ["params"] = parameters }.ToJsonString());
        var asked = await _approver.EventAsync("exec.approval.requested");
        await using var person = await _host.OperatorAsync("operator.approvals");
        Assert.True((bool)(await person.RequestAsync("exec.approval.resolve", new JsonObject { ["id"] = id, ["decision"] = decision }))["ok"]!);
        await _approver.AnswerAsync("ask");
        return (string?)asked["payload"]!["request"]!["command"];
    }
}
