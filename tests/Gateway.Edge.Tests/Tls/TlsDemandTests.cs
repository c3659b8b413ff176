using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Gateway.Edge.Settings;
using OpenClaw.Gateway.Edge.Tests.Forwarding;
using OpenClaw.Gateway.Protocol.Services;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Edge.Tests.Tls;

public sealed class TlsDemandTests
{
    [Fact]
    public async Task TlsOfTheConfiguration_WithoutAWordToTheEdge_ServesNobody_AndSaysWhatToDo()
    {
        await using var edge = await EdgeInFront.StartAsync(static _ => Task.CompletedTask);
        edge.Services.GetRequiredService<EdgeSettingsStore>().Use(new EdgeSettings { Tls = true });

        using var answer = await edge.Http.GetAsync(new Uri(edge.Address, "/v1/models")).WithTimeout();
        using var readiness = await edge.Http.GetAsync(new Uri(edge.Address, "/readyz")).WithTimeout();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("Edge__Tls__Enabled=true", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("Edge__Tls__Enabled=true", await readiness.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TlsOfTheConfiguration_WhereItEndsInFrontOfTheEdge_IsServed()
    {
        await using var edge = await EdgeInFront.StartAsync(static _ => Task.CompletedTask, edgeArguments: ["--Edge:Tls:Enabled", "false"]);
        edge.Services.GetRequiredService<EdgeSettingsStore>().Use(new EdgeSettings { Tls = true });

        using var answer = await edge.Http.GetAsync(new Uri(edge.Address, "/v1/models")).WithTimeout();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
