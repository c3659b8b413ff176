using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.ServiceDefaults.Hosting;

namespace OpenClaw.ServiceDefaults.Tests.Hosting;

public sealed class ServiceDefaultsExtensionsTests
{
    [Fact]
    public async Task ForwardedHeaders_AreNotBelieved_ThoughThePlatformTurnsThemOn()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["FORWARDEDHEADERS_ENABLED"] = "true", ["urls"] = "http://127.0.0.1:0" });
        builder.AddServiceDefaults("test");
        await using var app = builder.Build();
        app.Run(context => context.Response.WriteAsync($"{context.Connection.RemoteIpAddress} {context.Request.Scheme}"));
        await app.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()) };
        http.DefaultRequestHeaders.Add("X-Forwarded-For", "192.0.2.1");
        http.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");

        Assert.Equal("127.0.0.1 http", await http.GetStringAsync(new Uri("/", UriKind.Relative)));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("65536")]
    [InlineData("http")]
    public void Port_ThatIsNone_IsNamed(string port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["PORT"] = port });

        var error = Assert.Throws<InvalidOperationException>(() => builder.AddServiceDefaults("test"));

        Assert.Equal($"PORT is '{port}'; allowed are 1 to 65535.", error.Message);
    }

    [Fact]
    public void Port_IsListenedOn_WhateverTheImageSays()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["PORT"] = "5000", ["HTTP_PORTS"] = "8080" });

        builder.AddServiceDefaults("test");

        Assert.Equal("http://*:5000", builder.Configuration["urls"]);
        Assert.Equal("", builder.Configuration["http_ports"]);
    }
}
