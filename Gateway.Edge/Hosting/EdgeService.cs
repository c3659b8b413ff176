using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Gateway.Bus.Hosting;
using OpenClaw.Gateway.Edge.Forwarding;
using OpenClaw.Gateway.Edge.Tls;
using OpenClaw.ServiceDefaults.Health;
using OpenClaw.ServiceDefaults.Hosting;
using OpenClaw.ServiceDefaults.Trust;

namespace OpenClaw.Gateway.Edge.Hosting;

/// <summary>The edge as a process of its own.</summary>
internal static class EdgeService
{
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.AddServiceDefaults("edge").AddEdgeTls();
        var scratch = new ScratchDirectory();
        builder.Services.AddHostedService(_ => scratch);
        builder.AddGatewayBus(scratch.Path, ServiceSecret.From(builder.Configuration).Membership);
        builder.AddGatewayEdge().AddForwarding();

        var app = builder.Build();
        app.UseServiceHealth();
        app.UseTlsDemand();
        app.UseGatewayEdge().UseForwarding().MapGatewayEdge();
        return app;
    }
}
