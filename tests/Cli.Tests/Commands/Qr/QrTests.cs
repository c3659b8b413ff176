using System.Buffers.Text;
using System.Text.Json.Nodes;
using OpenClaw.Cli.Tests.Support;

namespace OpenClaw.Cli.Tests.Commands.Qr;

public sealed class QrTests : IDisposable
{
    private readonly CliHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task SetupCode_HoldsTheAddressAndATokenThatTheGatewayKnows()
    {
        _home.WriteConfig();

        var code = (await _home.RunAsync("qr", "--url", "ws://10.0.0.5:18789", "--setup-code-only")).Out.Trim();

        var setup = JsonNode.Parse(Base64Url.DecodeFromChars(code))!;
        Assert.Equal("ws://10.0.0.5:18789", (string?)setup["url"]);
        var known = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(_home.State, "devices", "bootstrap.json")))!.AsObject();
        Assert.Equal((string?)setup["bootstrapToken"], Assert.Single(known).Key);
    }

    [Fact]
    public async Task SetupCode_IsInTheGatewaysLog_WithoutTheToken()
    {
        _home.WriteConfig();

        var code = (await _home.RunAsync("qr", "--url", "ws://10.0.0.5:18789", "--setup-code-only")).Out.Trim();

        var log = await File.ReadAllTextAsync(_home.LogPath);
        Assert.Contains("Bootstrap token for roles [node,operator]", log, StringComparison.Ordinal);
        Assert.DoesNotContain((string)JsonNode.Parse(Base64Url.DecodeFromChars(code))!["bootstrapToken"]!, log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GatewayOnLoopback_IsReachedByNoPhone()
    {
        _home.WriteConfig();

        var result = await _home.RunAsync("qr");

        Assert.Equal((1, ""), (result.ExitCode, result.Out));
        Assert.Contains("gateway.bind", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_home.State, "devices", "bootstrap.json")));
    }

    [Theory]
    [InlineData("http://x")]
    [InlineData("ws://user:pass@x")]
    [InlineData("nonsense")]
    public async Task AddressThatIsNone_MakesNoToken(string url)
    {
        _home.WriteConfig();

        var result = await _home.RunAsync("qr", "--url", url);

        Assert.Equal(1, result.ExitCode);
        Assert.False(File.Exists(Path.Combine(_home.State, "devices", "bootstrap.json")));
    }
}
