using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.ServiceDefaults.Health;

namespace OpenClaw.ServiceDefaults.Tests.Health;

public sealed class HealthProbeTests
{
    [Theory]
    [InlineData(StatusCodes.Status200OK, 0)]
    [InlineData(StatusCodes.Status503ServiceUnavailable, 1)]
    [InlineData(StatusCodes.Status302Found, 1)]
    public async Task Answer_IsTheExitCode(int status, int expected)
    {
        await using var app = WebApplication.CreateSlimBuilder().Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.Run(context =>
        {
            context.Response.StatusCode = context.Request.Path == "/readyz" ? status : StatusCodes.Status200OK;
            context.Response.Headers.Location = "/";
            return Task.CompletedTask;
        });
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

        Assert.Equal(expected, await HealthProbe.TryRunAsync([HealthProbe.Argument, $"{address}/readyz"], TimeProvider.System));
    }

    [Fact]
    public async Task NobodyThere_IsNotWell()
    {
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        Assert.Equal(1, await HealthProbe.TryRunAsync([HealthProbe.Argument, $"http://{taken.LocalEndPoint}/readyz"], TimeProvider.System));
    }

    [Theory]
    [InlineData("http://192.0.2.1/readyz")]
    [InlineData("ftp://127.0.0.1/readyz")]
    [InlineData("readyz")]
    public async Task AddressElsewhere_IsRefused(string address) =>
        Assert.Equal(2, await HealthProbe.TryRunAsync([HealthProbe.Argument, address], TimeProvider.System));

    [Fact]
    public async Task OtherArguments_AreNotItsBusiness() =>
        Assert.Null(await HealthProbe.TryRunAsync(["--allow-unconfigured"], TimeProvider.System));
}
