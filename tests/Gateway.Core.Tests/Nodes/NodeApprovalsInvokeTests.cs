using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Core.Tests.Auditing;
using OpenClaw.Gateway.Core.Tests.Support;

namespace OpenClaw.Gateway.Core.Tests.Nodes;

/// <summary>What a node's machine allows is not changed by way of <c>node.invoke</c> by anybody but an admin, and what happens is noted.</summary>
public sealed class NodeApprovalsInvokeTests : IAsyncLifetime
{
    private readonly EverythingLogged _log = new();
    private readonly TestDevice _device = new(1);
    private GatewayTestHost _host = null!;
    private RawClient _node = null!;

    public async Task InitializeAsync()
    {
        _host = await GatewayTestHost.StartAsync(services: services => services.AddLogging(logging => logging.AddProvider(_log)));
        _node = await _host.NodeAsync(_device, "system.run", "system.execApprovals.get", "system.execApprovals.set");
    }

    public async Task DisposeAsync()
    {
        await _node.DisposeAsync();
        await _host.DisposeAsync();
        _device.Dispose();
    }

    [Theory]
    [InlineData("system.execApprovals.get")]
    [InlineData(" system.execApprovals.set ")]
    public async Task Approvals_OfAWriter_AreRefused_AndTheNodeIsNotAsked(string command)
    {
        await using var writer = await _host.OperatorAsync("operator.write", "operator.approvals");

        var answer = await writer.RequestAsync("node.invoke", Call(command));

        Assert.Equal(("INVALID_REQUEST", "missing scope: operator.admin"), ((string?)answer["error"]!["code"], (string?)answer["error"]!["message"]));
        AssertLogged(1303, "node.invoke " + command.Trim());
    }

    [Fact]
    public async Task Approvals_OfAnAdmin_AreWritten_AndNoted()
    {
        await using var admin = await _host.OperatorAsync("operator.admin");
        await admin.SendAsync(new JsonObject { ["type"] = "req", ["id"] = "1", ["method"] = "node.invoke", ["params"] = Call("system.execApprovals.set") }.ToJsonString());
        await _node.ReplyAsync(await _node.RequestedAsync());

        Assert.True((bool)(await admin.AnswerAsync("1"))["ok"]!);
        AssertLogged(1344, _device.Id);
    }

    [Theory]
    [InlineData("camera.snap", "node.invoke camera.snap")]
    [InlineData("my password is hunter2", "node.invoke an unknown command")]
    public async Task CommandThatIsNotAllowed_IsNoted(string command, string noted)
    {
        await using var writer = await _host.OperatorAsync("operator.write");

        Assert.Equal("node command not allowed", (string?)(await writer.RequestAsync("node.invoke", Call(command)))["error"]!["message"]);
        AssertLogged(1303, noted);
        Assert.DoesNotContain(_log.Events, entry => entry.Text.Contains("hunter2", StringComparison.Ordinal));
    }

    private JsonObject Call(string command) => new() { ["nodeId"] = _device.Id, ["command"] = command, ["params"] = new JsonObject(), ["idempotencyKey"] = "k" };

    private void AssertLogged(int id, string text) => Assert.Contains(_log.Events, entry => entry.Id == id && entry.Text.Contains(text, StringComparison.Ordinal));
}
