using Microsoft.AspNetCore.Builder;
using OpenClaw.Gateway.Bus.Hosting;
using OpenClaw.Gateway.Edge.Forwarding;
using OpenClaw.Gateway.Edge.Tls;
using OpenClaw.ServiceDefaults.Health;
using OpenClaw.ServiceDefaults.Hosting;

namespace OpenClaw.Gateway.Edge.Hosting;

/// <summary>The edge as a process of its own.</summary>
internal static class EdgeService
{
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.AddServiceDefaults("edge").AddEdgeTls();
        // The edge has no queues, so nothing is ever written there.
        builder.AddGatewayBus(Path.Combine(Path.GetTempPath(), "openclaw-edge"));
        builder.AddGatewayEdge().AddForwarding();

        var app = builder.Build();
        app.UseServiceHealth();
        app.UseGatewayEdge().UseForwarding().MapGatewayEdge();
        return app;
    }
}
