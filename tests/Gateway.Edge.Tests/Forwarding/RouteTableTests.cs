using OpenClaw.Gateway.Edge.Forwarding;
using OpenClaw.Gateway.Protocol.Services;

namespace OpenClaw.Gateway.Edge.Tests.Forwarding;

public sealed class RouteTableTests
{
    [Fact]
    public void Routes_WithEveryService_AreInTheOriginalsOrder()
    {
        var routes = RouteTable.Routes(new EdgeSettings { HooksPath = "/in", BasePath = "/claw" }, _ => true);

        Assert.Equal(
            [
                ("/__openclaw__/ws", "canvas"), ("/{**path}", "core"), ("/in/{**path}", "core"), ("/tools/invoke", "core"), ("/telegram-webhook/{**path}", "telegram"),
                ("/v1/{**path}", "core"), ("/openapi.json", "core"), ("/__openclaw__/a2ui/{**path}", "canvas"), ("/__openclaw__/canvas/{**path}", "canvas"), ("/claw/avatar/{agent}", "core"),
            ],
            routes.OrderBy(route => route.Order).Select(route => (route.Match.Path!, route.ClusterId!)));
        Assert.Equal(["canvas-reload", "websocket"], routes.Where(route => route.Match.Headers is not null).Select(route => route.RouteId));
    }

    [Fact]
    public void Routes_OfServicesThatAreNotThere_AreLeftOut()
    {
        var routes = RouteTable.Routes(new EdgeSettings { ControlUi = false }, service => service == RouteTable.Core);

        Assert.All(routes, route => Assert.Equal(RouteTable.Core, route.ClusterId));
        Assert.DoesNotContain(routes, route => route.RouteId == "avatar");
    }
}
