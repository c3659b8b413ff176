using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Gateway.Core.Configuration.Reloading;
using OpenClaw.Gateway.Core.Tests.Support;

namespace OpenClaw.Gateway.Core.Tests.Connections;

/// <summary>A gateway whose token is changed while clients are connected.</summary>
public sealed class SharedSecretTests : IAsyncLifetime
{
    private readonly TestDevice _device = new(31);
    private GatewayTestHost _host = null!;

    public async Task InitializeAsync() =>
        _host = await GatewayTestHost.StartAsync(services: static services => services.AddSingleton(new ConfigWatchOptions { Interval = TimeSpan.FromMilliseconds(5) }));

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        _device.Dispose();
    }

    [Fact]
    public async Task ChangedToken_ClosesWhoCameInWithTheOldOne_AndNobodyElse()
    {
        await using var old = await _host.ConnectRawAsync();
        await old.HelloAsync();
        var (first, hello) = await _device.ConnectAsync(_host, token: GatewayTestHost.Token);
        await first.DisposeAsync();
        var (paired, again) = await _device.ConnectAsync(_host, token: (string)hello["payload"]!["auth"]!["deviceToken"]!);
        await using var _ = paired;
        Assert.True((bool)again["ok"]!, again.ToJsonString());

        await File.WriteAllTextAsync(_host.ConfigPath, """{ gateway: { mode: "local", auth: { token: "tok-new" } } }""");

        var (code, reason, _) = await old.ReadToCloseAsync();
        Assert.Equal((1008, "gateway auth changed"), (code, reason));
        Assert.True((bool)(await paired.RequestAsync("health"))["ok"]!);
        await using var wrong = await _host.ConnectRawAsync();
        Assert.False((bool)(await wrong.HelloAsync())["ok"]!);
        await using var right = await _host.ConnectRawAsync();
        Assert.True((bool)(await right.HelloAsync(RawClient.ConnectParams(token: "tok-new")))["ok"]!);
    }

    [Fact]
    public async Task ChangedToken_ByAClient_AnswersItBeforeItGoes()
    {
        await using var client = await _host.ConnectRawAsync();
        await client.HelloAsync();
        var hash = (string?)(await client.RequestAsync("config.get"))["payload"]!["hash"];

        var answer = await client.RequestAsync("config.patch", new JsonObject { ["raw"] = """{ gateway: { auth: { token: "tok-new" } } }""", ["baseHash"] = hash });

        Assert.True((bool)answer["ok"]!, answer.ToJsonString());
        Assert.Equal(1008, (await client.ReadToCloseAsync()).Code);
    }

    [Fact]
    public async Task OtherChange_ClosesNobody()
    {
        await using var client = await _host.ConnectRawAsync();
        await client.HelloAsync();

        await _host.ConfigureAsync("""{ gateway: { mode: "local", auth: { token: "tok-test", allowTailscale: true } }, ui: { seamColor: "#000000" } }""");

        Assert.True((bool)(await client.RequestAsync("health"))["ok"]!);
    }
}
