using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Devices;
using OpenClaw.Gateway.Core.Tests.Support;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Handshake;

/// <summary>A device that was given a bootstrap token pairs from afar, once.</summary>
public sealed class BootstrapTests : IAsyncLifetime
{
    private const string Refusal = "unauthorized: bootstrap token invalid or expired (scan a fresh setup code)";

    private readonly ManualTimeProvider _clock = new();
    private readonly TestDevice _phone = new(31);
    private readonly TestDevice _thief = new(32);
    private GatewayTestHost _host = null!;

    public async Task InitializeAsync() => _host = await GatewayTestHost.StartAsync(time: _clock);

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        _phone.Dispose();
        _thief.Dispose();
    }

    [Fact]
    public async Task Connect_WithAFreshToken_IsPairedForAllItsRoles_AndTheTokensItGotOpen()
    {
        var hello = await ConnectAsync(_phone, await IssueAsync());

        var auth = hello["payload"]!["auth"]!;
        Assert.Equal("node", (string?)auth["role"]);
        var operatorToken = Assert.Single(auth["deviceTokens"]!.AsArray())!;
        Assert.Equal("operator", (string?)operatorToken["role"]);
        await AssertOpensAsync((string)auth["deviceToken"]!, "node", null);
        await AssertOpensAsync((string)operatorToken["deviceToken"]!, "operator", ["operator.read", "operator.write"]);
    }

    [Fact]
    public async Task Connect_SecondTimeOrAnotherDevice_IsRefused()
    {
        var token = await IssueAsync();
        Assert.True((bool)(await ConnectAsync(_phone, token))["ok"]!);

        foreach (var device in new[] { _phone, _thief })
        {
            var answer = await ConnectAsync(device, token);
            Assert.Equal(Refusal, (string?)answer["error"]!["message"]);
            Assert.Equal("AUTH_BOOTSTRAP_TOKEN_INVALID", (string?)answer["error"]!["details"]!["code"]);
        }
    }

    [Theory]
    [InlineData("operator", "operator.admin")]
    [InlineData("operator", "operator.pairing")]
    public async Task Connect_ForMoreThanTheTokenStandsFor_IsRefused(string role, string scope) =>
        Assert.Equal(Refusal, (string?)(await ConnectAsync(_phone, await IssueAsync(), role, [scope]))["error"]!["message"]);

    [Fact]
    public async Task Connect_AfterTenMinutes_IsRefused()
    {
        var token = await IssueAsync();
        _clock.Advance(BootstrapTokens.Lifetime + TimeSpan.FromMilliseconds(1));

        Assert.Equal(Refusal, (string?)(await ConnectAsync(_phone, token))["error"]!["message"]);
    }

    [Fact]
    public async Task Connect_ManyDevicesAtOnceWithOneToken_OneIsIn()
    {
        var token = await IssueAsync();
        var devices = Enumerable.Range(100, 8).Select(number => new TestDevice(number)).ToArray();

        var answers = await Task.WhenAll(devices.Select(device => ConnectAsync(device, token))).WithTimeout();

        Assert.Single(answers, answer => (bool)answer["ok"]!);
        foreach (var device in devices)
            device.Dispose();
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"torn")]
    [InlineData("{\"x\":null}")]
    public async Task Connect_DamagedFile_OpensNothing(string content)
    {
        Directory.CreateDirectory(Path.Combine(_host.StateDirectory, "devices"));
        await File.WriteAllTextAsync(Path.Combine(_host.StateDirectory, "devices", "bootstrap.json"), content);

        Assert.Equal(Refusal, (string?)(await ConnectAsync(_phone, "x"))["error"]!["message"]);
    }

    private async Task<string> IssueAsync()
    {
        using var devices = new HostDevices(_host.StateDirectory, _clock);
        return await devices.IssueBootstrapTokenAsync(default);
    }

    private async Task<JsonObject> ConnectAsync(TestDevice device, string token, string role = "node", string[]? scopes = null)
    {
        await using var client = await _host.ConnectRawAsync(static options => options.SetRequestHeader("X-Forwarded-For", "203.0.113.9"));
        return await client.HelloAsync(device.ConnectParams(client, token: null, scopes, role, protocol: 4, bootstrapToken: token));
    }

    private async Task AssertOpensAsync(string token, string role, string[]? scopes)
    {
        var (client, answer) = await _phone.ConnectAsync(_host, remote: true, token: token, scopes: scopes, role: role);
        await client.DisposeAsync();
        Assert.True((bool)answer["ok"]!, answer.ToJsonString());
    }
}
