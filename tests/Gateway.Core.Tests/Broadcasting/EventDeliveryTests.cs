using OpenClaw.Gateway.Core.Broadcasting;
using OpenClaw.Gateway.Core.Connections;
using OpenClaw.Gateway.Protocol.Connect;
using OpenClaw.Gateway.Protocol.Events;

namespace OpenClaw.Gateway.Core.Tests.Broadcasting;

public sealed class EventDeliveryTests
{
    private static readonly string[] Everyone = ["presence", "tick", "talk.mode", "shutdown", "health", "voicewake.changed"];
    private static readonly string[] Readers = ["agent", "chat", "heartbeat", "cron"];
    private static readonly string[] Pairers = ["node.pair.requested", "node.pair.resolved", "device.pair.requested", "device.pair.resolved"];
    private static readonly string[] Approvers = ["exec.approval.requested", "exec.approval.resolved"];
    private static readonly string[] NeverBroadcast = ["connect.challenge", "node.invoke.request"];

    [Theory]
    [InlineData("operator", "")]
    [InlineData("operator", "bogus.scope")]
    [InlineData("operator", "operator.read")]
    [InlineData("operator", "operator.write")]
    [InlineData("operator", "operator.pairing")]
    [InlineData("operator", "operator.approvals")]
    [InlineData("operator", "operator.admin")]
    [InlineData("node", "")]
    [InlineData("node", "operator.admin")]
    public void Admits_EveryEventOfTheProtocol_OnlyThoseWhoMaySeeIt(string role, string scope)
    {
        var identity = new ConnectionIdentity
        {
            Client = new ConnectClient { Id = "test", Version = "1", Platform = "linux", Mode = "test" },
            Role = role,
            Scopes = [scope],
            Protocol = 3,
            Address = "127.0.0.1",
            IsLocal = true,
        };
        var admin = role == "operator" && scope == "operator.admin";
        bool Holds(params string[] scopes) => admin || (role == "operator" && scopes.Contains(scope));
        string[] expected =
        [
            .. Everyone,
            .. Holds("operator.read", "operator.write") ? Readers : [],
            .. Holds("operator.pairing") ? Pairers : [],
            .. Holds("operator.approvals") ? Approvers : [],
        ];

        Assert.Equal(expected.Order(), EventDelivery.All.Where(rule => rule.Admits(identity)).Select(rule => rule.Name).Order());
    }

    [Fact]
    public void All_IsEveryEventOfTheProtocol_Once()
    {
        Assert.Equal([.. ((string[])[.. Everyone, .. Readers, .. Pairers, .. Approvers, .. NeverBroadcast]).Order()], EventDelivery.All.Select(rule => rule.Name).Order());
        Assert.All(GatewayEvents.All, contract => Assert.NotNull(EventDelivery.Of(contract.Name)));
    }

    [Fact]
    public void Broadcast_EventWithoutARule_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new Broadcaster(new ConnectionRegistry(), new StateVersions(), null!).Broadcast("no.such.event", "{}"u8.ToArray()));
}
