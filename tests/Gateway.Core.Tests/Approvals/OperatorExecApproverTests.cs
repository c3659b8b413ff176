using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Gateway.Core.Agents.Tools;
using OpenClaw.Gateway.Core.Agents.Tools.Exec;
using OpenClaw.Gateway.Core.Approvals;
using OpenClaw.Gateway.Core.Tests.Nodes;
using OpenClaw.Gateway.Core.Tests.Support;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Approvals;

/// <summary>The agent's commands, and the people who decide about them.</summary>
public sealed class OperatorExecApproverTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _clock = new();
    private GatewayTestHost _host = null!;

    public async Task InitializeAsync() => _host = await GatewayTestHost.StartAsync(time: _clock);

    public async Task DisposeAsync() => await _host.DisposeAsync();

    private PendingApprovals Pending => _host.Services.GetRequiredService<PendingApprovals>();

    [Theory]
    [InlineData("allow-once", nameof(ExecDecision.AllowOnce))]
    [InlineData("allow-always", nameof(ExecDecision.AllowAlways))]
    [InlineData("deny", nameof(ExecDecision.Deny))]
    public async Task Operator_Decides_Once(string decision, string expected)
    {
        await using var approver = await _host.OperatorAsync("operator.approvals");
        await using var other = await _host.OperatorAsync("operator.approvals");
        var asking = AskAsync();

        var asked = (await approver.EventAsync("exec.approval.requested"))["payload"]!;
        Assert.Equal("rm \\u{202e}x", (string?)asked["request"]!["command"]);
        Assert.Equal("/tmp", (string?)asked["request"]!["cwd"]);
        Assert.True((bool)(await ResolveAsync(approver, (string)asked["id"]!, decision))["ok"]!);

        Assert.Equal(expected, (await asking.WithTimeout()).ToString());
        Assert.Equal(decision, (string?)(await other.EventAsync("exec.approval.resolved"))["payload"]!["decision"]);
        Assert.Equal("unknown approval id", (string?)(await ResolveAsync(other, (string)asked["id"]!, "deny"))["error"]!["message"]);
    }

    [Fact]
    public async Task NobodyWhoMayApprove_IsUnavailableAtOnce()
    {
        await using var reader = await _host.OperatorAsync("operator.read", "operator.write");

        Assert.Equal(ExecDecision.Unavailable, await AskAsync().WithTimeout());
        Assert.Equal(0, Pending.Count);
    }

    [Fact]
    public async Task NobodyDecides_TimesOut_AndALateDecisionIsRefused()
    {
        await using var approver = await _host.OperatorAsync("operator.approvals");
        var asking = AskAsync();
        var asked = (await approver.EventAsync("exec.approval.requested"))["payload"]!;

        _clock.Advance(TimeSpan.FromSeconds(120));

        Assert.Equal(ExecDecision.TimedOut, await asking.WithTimeout());
        Assert.Equal("unknown approval id", (string?)(await ResolveAsync(approver, (string)asked["id"]!, "allow-once"))["error"]!["message"]);
    }

    [Fact]
    public async Task RunIsStopped_TheQuestionIsForgotten()
    {
        await using var approver = await _host.OperatorAsync("operator.approvals");
        using var stop = new CancellationTokenSource();
        var asking = AskAsync(stop.Token);
        await approver.EventAsync("exec.approval.requested");

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking.WithTimeout());
        Assert.Equal(0, Pending.Count);
    }

    [Fact]
    public async Task ClientThatAskedLeaves_TheQuestionIsForgotten()
    {
        await using var approver = await _host.OperatorAsync("operator.approvals");
        var client = await _host.OperatorAsync("operator.approvals");
        await client.SendAsync("""{"type":"req","id":"1","method":"exec.approval.request","params":{"command":"ls","id":"mine"}}""");
        await approver.EventAsync("exec.approval.requested");

        await client.DisposeAsync();

        await TestTimeouts.Until(() => Pending.Count == 0, "the question is forgotten");
    }

    private Task<ExecDecision> AskAsync(CancellationToken cancellationToken = default)
    {
        var now = _clock.GetUtcNow();
        return _host.Services.GetRequiredService<IExecApprover>().RequestAsync(
            new ExecApprovalRequest
            {
                Id = Guid.NewGuid().ToString(),
                Command = "rm \u202Ex",
                DisplayCommand = DisplayText.Escape("rm \u202Ex"),
                Cwd = "/tmp",
                Environment = new Dictionary<string, string>(),
                Host = "gateway",
                Security = ExecSecurity.Allowlist,
                Ask = ExecAsk.OnMiss,
                AgentId = "main",
                SessionKey = "agent:main:main",
                Fingerprint = "f",
                CreatedAt = now,
                ExpiresAt = now + TimeSpan.FromSeconds(120),
            },
            cancellationToken);
    }

    private static Task<JsonObject> ResolveAsync(RawClient client, string id, string decision) =>
        client.RequestAsync("exec.approval.resolve", new JsonObject { ["id"] = id, ["decision"] = decision });
}
