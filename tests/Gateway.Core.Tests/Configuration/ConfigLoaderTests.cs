using OpenClaw.Gateway.Core.Configuration.Options;

namespace OpenClaw.Gateway.Core.Tests.Configuration;

public sealed class ConfigLoaderTests
{
    [Fact]
    public async Task Load_NoFile_IsValidAndEmpty()
    {
        using var home = new ConfigHome();
        var snapshot = await home.LoadAsync();
        Assert.True(snapshot.Valid);
        Assert.False(snapshot.Exists);
        Assert.Null(snapshot.Raw);
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", snapshot.Hash);
        Assert.Equal(GatewayMode.Unset, snapshot.Gateway.Mode);
        Assert.Equal("group-mentions", (string?)snapshot.Config["messages"]!["ackReactionScope"]);
    }

    [Fact]
    public async Task Load_EverythingAtOnce_ResolvesInOrder()
    {
        using var home = new ConfigHome(
            """
            // my comment
            {
              gateway: { mode: 'local', port: 23070, auth: { token: '${GTOK}' } },
              $include: ['./inc.json5'],
              env: { vars: { FOO_X: 'bar' }, BAZ: 'qux' },
              ui: { assistant: { name: 'A $${LIT} b ${FOO_X} ${lower}' } },
            }
            """,
            new() { ["GTOK"] = "secretenv" });
        File.WriteAllText(home[".openclaw", "inc.json5"], "{ messages: { groupChat: { historyLimit: 7 } }, agents: { defaults: { workspace: '~/wsx' } } }");

        var snapshot = await home.LoadAsync();

        Assert.Empty(snapshot.Issues);
        Assert.Equal("secretenv", snapshot.Gateway.Auth.Token);
        Assert.Equal("A ${LIT} b bar ${lower}", (string?)snapshot.Config["ui"]!["assistant"]!["name"]);
        Assert.Equal(7, (int?)snapshot.Config["messages"]!["groupChat"]!["historyLimit"]);
        Assert.Equal(home["wsx"], (string?)snapshot.Config["agents"]!["defaults"]!["workspace"]);
        Assert.Equal("qux", snapshot.GetVariable("BAZ"));
        Assert.Equal("${GTOK}", (string?)snapshot.Parsed!["gateway"]!["auth"]!["token"]);
        Assert.Equal([home[".openclaw", "inc.json5"]], snapshot.IncludedFiles);
    }

    [Fact]
    public async Task Load_WrongType_NamesFileLineKeyValueAndWhatIsAllowed()
    {
        const string text = "{\n  // the port\n  gateway: {\n    port: \"abc\",\n    bind: 'bogus',\n  },\n}\n";
        using var home = new ConfigHome(text);

        var snapshot = await home.LoadAsync();

        Assert.False(snapshot.Valid);
        Assert.Equal(2, snapshot.Issues.Count);
        var port = snapshot.Issues[0];
        Assert.Equal("gateway.port", port.Path);
        Assert.Equal("Invalid input: expected number, received string", port.Message);
        Assert.Equal((home.Environment.ConfigPath, 4, 11), (port.File, port.Line, port.Column));
        Assert.Equal("found \"abc\"; allowed: a whole number from 1 to 65535", port.Detail);
        Assert.Equal(
            $"gateway.bind: Invalid input (found \"bogus\"; allowed: \"auto\", \"lan\", \"loopback\", \"custom\", \"tailnet\") at {home.Environment.ConfigPath}:5:11",
            snapshot.Issues[1].ToString());
        Assert.Equal(text, home.ConfigText);
    }

    [Fact]
    public async Task Load_WrongTypeInAnInclude_NamesTheIncludedFile()
    {
        using var home = new ConfigHome("{ gateway: { $include: 'gw.json5', bind: 'lan' } }");
        File.WriteAllText(home[".openclaw", "gw.json5"], "{\n  auth: { token: 12345 }\n}");
        var issue = Assert.Single((await home.LoadAsync()).Issues);
        Assert.Equal("gateway.auth.token", issue.Path);
        Assert.Equal((home[".openclaw", "gw.json5"], 2, 18), (issue.File, issue.Line, issue.Column));
        Assert.DoesNotContain("12345", issue.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_UnknownKeys_WarnAndAreKept()
    {
        using var home = new ConfigHome("{\n gateway: { mode: 'local', shiny: { a: 1 } },\n future: true }");
        var snapshot = await home.LoadAsync();
        Assert.True(snapshot.Valid);
        Assert.Equal(["gateway", ""], snapshot.Warnings.Select(warning => warning.Path));
        Assert.Equal("Unrecognized key: \"shiny\"", snapshot.Warnings[0].Message);
        Assert.Equal(3, snapshot.Warnings[1].Line);
        Assert.Equal(1, (int?)snapshot.Config["gateway"]!["shiny"]!["a"]);
    }

    [Fact]
    public async Task Load_WrongTypeInAKeyNobodyUses_OnlyWarns()
    {
        using var home = new ConfigHome("{ wizard: { lastRunMode: 7 }, gateway: { mode: 'local' } }");
        var snapshot = await home.LoadAsync();
        Assert.True(snapshot.Valid);
        Assert.Equal("wizard.lastRunMode", Assert.Single(snapshot.Warnings).Path);
    }

    [Fact]
    public async Task Load_MissingVariable_NamesItAndItsPlace()
    {
        using var home = new ConfigHome("{\n  gateway: { auth: { token: '${NOPE}' } },\n  talk: { voiceId: '${ALSO_NOPE}' } }");
        var snapshot = await home.LoadAsync();
        var issue = Assert.Single(snapshot.Issues);
        Assert.Equal("Missing env var \"NOPE\" referenced at config path: gateway.auth.token", issue.Message);
        Assert.Equal((2, 29), (issue.Line, issue.Column));
    }

    [Theory]
    [InlineData("", "JSON5 parse failed: SyntaxError: JSON5: invalid end of input at 1:1")]
    [InlineData("{\n  a: 1\n  b: 2 }", "JSON5 parse failed: SyntaxError: JSON5: invalid character 'b' at 3:3")]
    [InlineData("[]", "Invalid input: expected object, received array")]
    [InlineData("{ $include: 'nope.json5' }", "Failed to read include file: nope.json5 (resolved: {0}/.openclaw/nope.json5)")]
    [InlineData("{ $include: 7 }", "Invalid $include value: expected string or array of strings, got number")]
    [InlineData("{ $include: 'a\\u0000b' }", "Invalid $include value: the character U+0000 is in the path")]
    [InlineData("{ $include: '.' }", "Failed to read include file: . (resolved: {0}/.openclaw)")]
    [InlineData("{ future: ['a\\u0000b'] }", "Invalid string: the character U+0000 is in it")]
    [InlineData("{ channels: { telegram: { accounts: { 'a\\u0000b': {} } } } }", "Invalid key: the character U+0000 is in it")]
    [InlineData("{ $include: ['./openclaw.json'] }", "Circular include detected: {0}/.openclaw/openclaw.json -> {0}/.openclaw/openclaw.json")]
    public async Task Load_UnusableText_SaysWhy(string text, string message)
    {
        using var home = new ConfigHome(text);
        var issue = Assert.Single((await home.LoadAsync()).Issues);
        Assert.Equal(message.Replace("{0}", home.Home, StringComparison.Ordinal), issue.Message);
        Assert.Equal(text, home.ConfigText);
    }

    [Fact]
    public async Task Load_IncludeChainBeyondTen_IsRefused()
    {
        using var home = new ConfigHome("{ $include: 'i0.json5' }");
        for (var i = 0; i < 12; i++)
            File.WriteAllText(home[".openclaw", $"i{i}.json5"], $"{{ $include: 'i{i + 1}.json5' }}");
        Assert.Equal("Maximum include depth (10) exceeded at: i10.json5", Assert.Single((await home.LoadAsync()).Issues).Message);
    }

    [Fact]
    public async Task Load_IncludesThatMultiply_AreRefusedInTime()
    {
        using var home = new ConfigHome("{ $include: ['i0.json5'] }");
        for (var i = 0; i < 9; i++)
            File.WriteAllText(home[".openclaw", $"i{i}.json5"], $"{{ $include: [{string.Join(',', Enumerable.Repeat($"'i{i + 1}.json5'", 20))}] }}");
        File.WriteAllText(home[".openclaw", "i9.json5"], "{}");

        var issue = Assert.Single((await home.LoadAsync()).Issues);

        Assert.StartsWith("More than 1000 files are included", issue.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/dev/zero")]
    [InlineData("/dev/null")]
    public async Task Load_Device_IsRefusedUnread(string device)
    {
        if (!OperatingSystem.IsLinux())
            return; // Where the system cannot tell them apart, they are read.
        using var home = new ConfigHome();
        Directory.CreateDirectory(home[".openclaw"]);
        File.CreateSymbolicLink(home.Environment.ConfigPath, device);

        var issue = Assert.Single((await home.LoadAsync()).Issues);

        Assert.Equal("read failed: it is a pipe, a socket or a device, not a file", issue.Message);
    }

    [Fact]
    public async Task Load_Includes_MergeWithTheFileOnTop()
    {
        using var home = new ConfigHome("{ $include: ['a.json5', 'b.json5'], gateway: { port: 3 } }");
        File.WriteAllText(home[".openclaw", "a.json5"], "{ gateway: { port: 1, trustedProxies: ['a'], mode: 'local' } }");
        File.WriteAllText(home[".openclaw", "b.json5"], "{ gateway: { port: 2, trustedProxies: ['b'] } }");
        var gateway = (await home.LoadAsync()).Gateway;
        Assert.Equal(3, gateway.Port);
        Assert.Equal("a,b", string.Join(',', gateway.TrustedProxies));
        Assert.Equal(GatewayMode.Local, gateway.Mode);
    }

    [Fact]
    public async Task Load_NotUtf8_IsRefusedInsteadOfRewritten()
    {
        using var home = new ConfigHome("{}");
        await File.WriteAllBytesAsync(home.Environment.ConfigPath, [(byte)'{', 0xFF, (byte)'}']);
        Assert.Equal("read failed: the file is not UTF-8 (byte 1)", Assert.Single((await home.LoadAsync()).Issues).Message);
    }

    [Fact]
    public async Task Load_OldGatewayToken_IsUnderstoodUnderItsNewName()
    {
        using var home = new ConfigHome("{ gateway: { token: 'old' } }");
        var snapshot = await home.LoadAsync();
        Assert.True(snapshot.Valid);
        Assert.Equal("old", snapshot.Gateway.Auth.Token);
        Assert.Equal("gateway.token", Assert.Single(snapshot.LegacyIssues).Path);
    }
}
