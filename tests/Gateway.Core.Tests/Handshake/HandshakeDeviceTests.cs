using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Gateway.Core.Devices;
using OpenClaw.Gateway.Core.Tests.Support;

namespace OpenClaw.Gateway.Core.Tests.Handshake;

/// <summary>What devices are told, and what is kept of what they say.</summary>
public sealed class HandshakeDeviceTests : IAsyncLifetime
{
    private readonly TestDevice _device = new(41);
    private GatewayTestHost _host = null!;

    public async Task InitializeAsync() => _host = await GatewayTestHost.StartAsync();

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        _device.Dispose();
    }

    [Fact]
    public async Task Connect_WrongDeviceTokens_AreAMismatch_AndCounted()
    {
        for (var attempt = 0; attempt < 10; attempt++)
            Assert.Equal("unauthorized: gateway token mismatch (provide gateway auth token)", await OfferAsync("wrong"));

        Assert.Equal("unauthorized: too many failed authentication attempts (retry later)", await OfferAsync("wrong"));
    }

    [Theory]
    [InlineData(4, 0)]
    [InlineData(3, 1)]
    public async Task Hello_ForFewerScopesThanItsToken_Protocol4TellsThoseOfTheConnection(int protocol, int expected)
    {
        await using (var first = await _host.ConnectRawAsync())
            await first.HelloAsync(_device.ConnectParams(first, scopes: ["operator.admin"], protocol: 4));
        await using var client = await _host.ConnectRawAsync();

        var hello = await client.HelloAsync(_device.ConnectParams(client, scopes: [], protocol: protocol));

        Assert.Equal(expected, hello["payload"]!["auth"]!["scopes"]!.AsArray().Count);
    }

    [Fact]
    public async Task Connect_LongDescriptions_AreStoredShort()
    {
        await using var client = await _host.ConnectRawAsync(static options => options.SetRequestHeader("X-Forwarded-For", "203.0.113.9"));
        var parameters = _device.ConnectParams(client);
        parameters["client"]!["displayName"] = new string('x', 20_000);

        var answer = await client.HelloAsync(parameters);

        Assert.Equal("pairing required", (string?)answer["error"]!["message"]);
        var pending = await _host.Services.GetRequiredService<DeviceStore>().UpdateAsync(static state => (state, state.Pending), default);
        Assert.Equal(200, Assert.Single(pending.Values).DisplayName!.Length);
    }

    [Fact]
    public async Task Connect_ScopesWithoutEnd_IsRefused()
    {
        await using var client = await _host.ConnectRawAsync();

        var answer = await client.HelloAsync(RawClient.ConnectParams(scopes: [new string('x', 201)]));

        Assert.Equal("invalid scopes", (string?)answer["error"]!["message"]);
    }

    private async Task<string?> OfferAsync(string deviceToken)
    {
        await using var client = await _host.ConnectRawAsync(static options => options.SetRequestHeader("X-Forwarded-For", "203.0.113.9"));
        // The signature names the first secret that the client shows.
        var parameters = _device.ConnectParams(client, token: deviceToken);
        parameters["auth"] = new JsonObject { ["deviceToken"] = deviceToken };
        return (string?)(await client.HelloAsync(parameters))["error"]!["message"];
    }
}
