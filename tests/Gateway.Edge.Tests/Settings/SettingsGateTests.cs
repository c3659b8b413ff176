using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Gateway.Edge.Settings;
using OpenClaw.Gateway.Edge.Tests.Forwarding;
using OpenClaw.Gateway.Protocol.Services;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Edge.Tests.Settings;

public sealed class SettingsGateTests
{
    [Fact]
    public async Task PageAndUnknownPaths_BeforeTheCoreHasTold_AreToBeAskedForAgain()
    {
        await using var edge = await EdgeInFront.StartAsync(static _ => Task.CompletedTask);

        foreach (var path in (string[])["/", "/in/agent"])
        {
            using var answer = await edge.Http.GetAsync(new Uri(edge.Address, path)).WithTimeout();
            Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(1)), (answer.StatusCode, answer.Headers.RetryAfter?.Delta));
        }
    }

    [Theory]
    [InlineData(true, HttpStatusCode.OK)]
    [InlineData(false, HttpStatusCode.NotFound)]
    public async Task Page_WhenTheCoreTells_IsServedAsItSays(bool controlUi, HttpStatusCode expected)
    {
        await using var edge = await EdgeInFront.StartAsync(static _ => Task.CompletedTask);
        edge.Services.GetRequiredService<EdgeSettingsStore>().Use(new EdgeSettings { ControlUi = controlUi });

        using var answer = await edge.Http.GetAsync(edge.Address).WithTimeout();

        Assert.Equal(expected, answer.StatusCode);
    }
}
