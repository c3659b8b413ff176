using OpenClaw.Gateway.Client.Targets;

namespace OpenClaw.Gateway.Client.Tests.Targets;

public sealed class GatewayTargetTests
{
    private static readonly GatewayTargetSources Bare = new()
    {
        ConfigPath = "/c/openclaw.json",
        Environment = new Dictionary<string, string>(),
        Addresses = () => new LocalAddresses("192.168.1.5", "100.64.0.9"),
    };

    [Fact]
    public void Resolve_NothingSaid_IsThisMachine()
    {
        var target = Target(Bare);

        Assert.Equal(new Uri("ws://127.0.0.1:18789"), target.Url);
        Assert.Null(target.Token);
        Assert.Null(target.Password);
        Assert.Null(target.TlsFingerprint);
        Assert.Equal("Gateway target: ws://127.0.0.1:18789\nSource: local loopback\nConfig: /c/openclaw.json\nBind: loopback", target.Details);
    }

    [Theory]
    [InlineData("lan", "ws://192.168.1.5:18789", "local lan 192.168.1.5")]
    [InlineData("tailnet", "ws://100.64.0.9:18789", "local tailnet 100.64.0.9")]
    [InlineData("auto", "ws://127.0.0.1:18789", "local loopback")]
    [InlineData("custom", "ws://127.0.0.1:18789", "local loopback")]
    [InlineData(" ", "ws://127.0.0.1:18789", "local loopback")]
    public void Resolve_Bind_DecidesTheLocalAddress(string bind, string url, string source)
    {
        var target = Target(Bare with { Bind = bind });

        Assert.Equal(url, target.Address.Url);
        Assert.Equal(source, target.Address.Source);
        Assert.EndsWith("\nBind: " + (string.IsNullOrWhiteSpace(bind) ? "loopback" : bind), target.Details, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lan")]
    [InlineData("tailnet")]
    public void Resolve_BindWithoutSuchAnAddress_IsLoopback(string bind)
    {
        var target = Target(Bare with { Bind = bind, Addresses = () => new LocalAddresses(null, null) });

        Assert.Equal("local loopback", target.Address.Source);
        Assert.EndsWith("\nBind: " + bind, target.Details, StringComparison.Ordinal);
    }

    [Fact]
    public void Resolve_Loopback_DoesNotAskForAddresses() =>
        Assert.Equal("127.0.0.1", Target(Bare with { Addresses = () => throw new InvalidOperationException() }).Url.Host);

    [Theory]
    [InlineData(null, null, null, 18789)]
    [InlineData(null, null, 19000, 19000)]
    [InlineData(null, "19001", 19000, 19001)]
    [InlineData("19002", "19001", 19000, 19002)]
    [InlineData(" 19002 ", null, 19000, 19002)]
    [InlineData("0", null, 19000, 19000)]
    [InlineData("-1", null, 19000, 19000)]
    [InlineData("70000", null, null, 18789)]
    [InlineData("abc", null, 0, 18789)]
    [InlineData("", "19001", null, 19001)]
    public void PortOf_EnvironmentThenConfigThenDefault(string? newer, string? older, int? config, int port)
    {
        var environment = new Dictionary<string, string>();
        if (newer is not null)
            environment["OPENCLAW_GATEWAY_PORT"] = newer;
        if (older is not null)
            environment["CLAWDBOT_GATEWAY_PORT"] = older;

        Assert.Equal(port, GatewayAddress.PortOf(Bare with { Environment = environment, Port = config }));
    }

    [Fact]
    public void Resolve_LocalSecrets_OptionThenEnvironmentThenConfig()
    {
        var sources = Bare with { AuthToken = " config-token ", AuthPassword = "config-password", RemoteToken = "x", RemotePassword = "x" };
        Assert.Equal(("config-token", "config-password", false), Secrets(sources));

        sources = sources with
        {
            Environment = new Dictionary<string, string> { ["CLAWDBOT_GATEWAY_TOKEN"] = "old-token", ["CLAWDBOT_GATEWAY_PASSWORD"] = "old-password" },
        };
        Assert.Equal(("old-token", "old-password", false), Secrets(sources));

        sources = sources with
        {
            Environment = new Dictionary<string, string>(sources.Environment)
            {
                ["OPENCLAW_GATEWAY_TOKEN"] = "env-token",
                ["OPENCLAW_GATEWAY_PASSWORD"] = "env-password",
            },
        };
        Assert.Equal(("env-token", "env-password", false), Secrets(sources));

        sources = sources with { TokenOption = "typed-token", PasswordOption = "typed-password" };
        Assert.Equal(("typed-token", "typed-password", true), Secrets(sources));
    }

    [Fact]
    public void Resolve_RemoteMode_UsesTheRemoteSectionAndNoTokenOfTheEnvironment()
    {
        var sources = Bare with
        {
            Mode = "remote",
            RemoteUrl = " wss://gw.example:444/x ",
            RemoteToken = "remote-token",
            RemotePassword = "remote-password",
            RemoteTlsFingerprint = "SHA256:AA",
            AuthToken = "config-token",
            TlsCertificatePath = "/not/looked/at",
            Environment = new Dictionary<string, string> { ["OPENCLAW_GATEWAY_TOKEN"] = "env-token" },
        };

        var target = Target(sources);

        Assert.Equal(new Uri("wss://gw.example:444/x"), target.Url);
        Assert.Equal("remote-token", target.Token);
        Assert.Equal("remote-password", target.Password);
        Assert.Equal("SHA256:AA", target.TlsFingerprint);
        Assert.Equal(
            "Gateway target: wss://gw.example:444/x\nSource: config gateway.remote.url\nConfig: /c/openclaw.json", target.Details);
        Assert.Equal("env-password", Target(sources with
        {
            Environment = new Dictionary<string, string> { ["OPENCLAW_GATEWAY_PASSWORD"] = "env-password" },
        }).Password);
    }

    [Fact]
    public void Resolve_RemoteModeWithoutUrl_IsAProblemButHasAnAddressToShow()
    {
        var sources = Bare with { Mode = "remote", TokenOption = "t" };

        var result = GatewayTarget.Resolve(sources);

        Assert.Null(result.Target);
        Assert.StartsWith(
            "gateway remote mode misconfigured: gateway.remote.url missing\nConfig: /c/openclaw.json\nFix: ", result.Problem, StringComparison.Ordinal);
        var address = GatewayAddress.Of(sources);
        Assert.Equal("missing gateway.remote.url (fallback local)", address.Source);
        Assert.Contains("\nBind: loopback\nWarn: ", address.Details, StringComparison.Ordinal);
    }

    [Fact]
    public void Resolve_RemoteUrlWithoutRemoteMode_IsIgnored() =>
        Assert.Equal("local loopback", Target(Bare with { Mode = "local", RemoteUrl = "ws://elsewhere" }).Address.Source);

    [Fact]
    public void Resolve_UrlOption_TakesNoSecretsThatWereMeantForAnotherGateway()
    {
        var sources = Bare with
        {
            UrlOption = "ws://other:1",
            AuthToken = "config-token",
            AuthPassword = "config-password",
            RemoteToken = "remote-token",
            RemoteTlsFingerprint = "aa",
            Environment = new Dictionary<string, string> { ["OPENCLAW_GATEWAY_TOKEN"] = "e", ["OPENCLAW_GATEWAY_PASSWORD"] = "e" },
        };

        Assert.Equal(
            "gateway url override requires explicit credentials\nFix: pass --token or --password (or gatewayToken in tools).\nConfig: /c/openclaw.json",
            GatewayTarget.Resolve(sources).Problem);
        Assert.Null(GatewayTarget.Resolve(sources with { TokenOption = " " }).Target);

        var target = Target(sources with { PasswordOption = "typed" });
        Assert.Null(target.Token);
        Assert.Equal("typed", target.Password);
        Assert.Null(target.TlsFingerprint);
        Assert.Equal("Gateway target: ws://other:1\nSource: cli --url\nConfig: /c/openclaw.json", target.Details);
    }

    [Theory]
    [InlineData("http://h:81/p", "ws://h:81/p")]
    [InlineData("https://h", "wss://h/")]
    [InlineData("WS://h", "ws://h/")]
    public void Resolve_UrlOfABrowser_IsUnderstood(string option, string url) =>
        Assert.Equal(new Uri(url), Target(Bare with { UrlOption = option, TokenOption = "t" }).Url);

    [Theory]
    [InlineData("gw.example")]
    [InlineData("ftp://gw.example")]
    [InlineData("ws://")]
    [InlineData("ws://a b")]
    public void Resolve_NotAnAddress_IsAProblemThatShowsIt(string option)
    {
        var result = GatewayTarget.Resolve(Bare with { UrlOption = option, TokenOption = "t" });

        Assert.Null(result.Target);
        Assert.Contains("invalid gateway url: " + option, result.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void ToString_WithSecrets_DoesNotShowThem()
    {
        var sources = Bare with { TokenOption = "s3cret", PasswordOption = "s3cret" };
        Assert.DoesNotContain("s3cret", sources.ToString() + Target(sources), StringComparison.Ordinal);
    }

    private static GatewayTarget Target(GatewayTargetSources sources)
    {
        var result = GatewayTarget.Resolve(sources);
        Assert.Null(result.Problem);
        return Assert.IsType<GatewayTarget>(result.Target);
    }

    private static (string?, string?, bool) Secrets(GatewayTargetSources sources)
    {
        var target = Target(sources);
        return (target.Token, target.Password, target.TokenIsExplicit);
    }
}
