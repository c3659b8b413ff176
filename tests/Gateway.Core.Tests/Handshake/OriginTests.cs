using OpenClaw.Gateway.Core.Tests.Support;

namespace OpenClaw.Gateway.Core.Tests.Handshake;

/// <summary>Which web pages may connect. Whatever a page calls itself, it cannot leave out its Origin.</summary>
public sealed class OriginTests : IAsyncLifetime
{
    private const string Refusal = "origin not allowed (open the Control UI from the gateway host or allow it in gateway.controlUi.allowedOrigins)";

    private GatewayTestHost _host = null!;

    public async Task InitializeAsync() => _host = await GatewayTestHost.StartAsync(
        $$"""{ gateway: { mode: "local", auth: { token: "{{GatewayTestHost.Token}}" }, controlUi: { allowedOrigins: ["https://ui.example"] } } }""");

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData("https://ui.example", null)]
    [InlineData("HTTPS://UI.EXAMPLE", null)]
    [InlineData("http://127.0.0.1:PORT", null)]
    [InlineData("http://localhost:5173", null)]
    [InlineData("http://[::1]:5173", null)]
    [InlineData("http://gw.example:18789", "gw.example:18789")]
    public async Task Connect_FromAllowedPage_IsServed(string origin, string? host)
    {
        await using var client = await OpenAsync(origin, host);
        Assert.True((bool)(await client.HelloAsync())["ok"]!);
    }

    [Theory]
    [InlineData("https://evil.example", null)]
    [InlineData("http://ui.example", null)]
    [InlineData("https://ui.example.evil.example", null)]
    [InlineData("https://ui.example:444", null)]
    [InlineData("null", null)]
    [InlineData("not a url", null)]
    [InlineData("http://localhost:5173", "gw.example:18789")]
    [InlineData("http://gw.example:1", "gw.example:18789")]
    public async Task Connect_FromAnotherPage_IsRefusedAndClosed1008_EvenWithTheToken(string origin, string? host)
    {
        await using var client = await OpenAsync(origin, host);
        await AssertRefusedAsync(client, await client.HelloAsync());
    }

    [Fact]
    public async Task Connect_ControlUiWithoutOrigin_IsRefused()
    {
        await using var client = await _host.ConnectRawAsync();
        await AssertRefusedAsync(client, await client.HelloAsync(RawClient.ConnectParams(id: "openclaw-control-ui", mode: "webchat")));
    }

    [Fact]
    public async Task Connect_ProgramWithoutOrigin_IsServed()
    {
        await using var client = await _host.ConnectRawAsync();
        Assert.True((bool)(await client.HelloAsync())["ok"]!);
    }

    private static async Task AssertRefusedAsync(RawClient client, System.Text.Json.Nodes.JsonObject answer)
    {
        Assert.Equal(("INVALID_REQUEST", Refusal), ((string)answer["error"]!["code"]!, (string)answer["error"]!["message"]!));
        var (code, reason, _) = await client.ReadToCloseAsync();
        Assert.Equal((1008, Refusal), (code, reason));
    }

    private Task<RawClient> OpenAsync(string origin, string? host) => _host.ConnectRawAsync(options =>
    {
        options.SetRequestHeader("Origin", origin.Replace("PORT", _host.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal));
        if (host is not null)
            options.SetRequestHeader("Host", host);
    });
}
