using System.Text.Json;
using OpenClaw.Cli.Tests.Support;

namespace OpenClaw.Cli.Tests.Commands;

public sealed class ConfigCommandTests : IDisposable
{
    private readonly CliHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Set_ThenGet_PrintsScalarsRawAndObjectsAsJson()
    {
        Assert.Equal("Updated gateway.port. Restart the gateway to apply.\n", (await _home.RunAsync("config", "set", "gateway.port", "23000")).Out);
        Assert.Equal(0, (await _home.RunAsync("config", "set", "gateway.auth.token", "abc")).ExitCode);

        Assert.Equal("23000\n", (await _home.RunAsync("config", "get", "gateway.port")).Out);
        Assert.Equal("abc\n", (await _home.RunAsync("config", "get", "gateway.auth.token")).Out);
        Assert.Equal("\"abc\"\n", (await _home.RunAsync("config", "get", "gateway.auth.token", "--json")).Out);
        Assert.Equal("{\n  \"port\": 23000,\n  \"auth\": {\n    \"token\": \"abc\"\n  }\n}\n", (await _home.RunAsync("config", "get", "gateway")).Out);
    }

    [Fact]
    public async Task Set_Json5_IsReadAsAValue()
    {
        await _home.RunAsync("config", "set", "agents.list[0].id", "main");
        var result = await _home.RunAsync("config", "set", "agents.list", "[{id:'a', identity:{emoji:'🦞'}}]");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal("🦞\n", (await _home.RunAsync("config", "get", "agents.list[0].identity.emoji")).Out);
    }

    [Theory]
    [InlineData("gateway.port", "abc", "Error: Config validation failed: gateway.port: Invalid input: expected number, received string\n")]
    [InlineData("gateway.bogus", "1", "Error: Config validation failed: gateway: Unrecognized key: \"bogus\"\n")]
    [InlineData("gateway.auth.token", "12345", "Error: Config validation failed: gateway.auth.token: Invalid input: expected string, received number\n")]
    [InlineData("gateway[", "1", "Error: Invalid path (missing \"]\"): gateway[\n")]
    public async Task Set_WhatIsNotValid_WritesNothing(string path, string value, string error)
    {
        _home.WriteConfig();
        var before = await File.ReadAllTextAsync(_home.ConfigPath);

        var result = await _home.RunAsync("config", "set", path, value);

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith(error, result.Error, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllTextAsync(_home.ConfigPath));
    }

    [Fact]
    public async Task Set_JsonThatIsNone_IsRefusedWithJsonAndTextWithout()
    {
        var strict = await _home.RunAsync("config", "set", "agents.defaults.workspace", "{oops", "--json");
        var lenient = await _home.RunAsync("config", "set", "agents.defaults.workspace", "{oops");

        Assert.Equal(1, strict.ExitCode);
        Assert.StartsWith("Error: Failed to parse JSON5 value: ", strict.Error, StringComparison.Ordinal);
        Assert.Equal(0, lenient.ExitCode);
    }

    [Fact]
    public async Task Unset_WhatIsThere_RemovesItAndNothingElse()
    {
        _home.WriteRawConfig("{ // mine\n  gateway: { port: 23000, mode: 'local' },\n}\n");

        var removed = await _home.RunAsync("config", "unset", "gateway.port");
        var again = await _home.RunAsync("config", "unset", "gateway.port");

        Assert.Equal("Removed gateway.port. Restart the gateway to apply.\n", removed.Out);
        Assert.Equal(new CommandResult(1, "", "Config path not found: gateway.port\n"), again);
        Assert.Contains("// mine", await File.ReadAllTextAsync(_home.ConfigPath), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_WhatIsNotThere_Fails()
    {
        Assert.Equal(new CommandResult(1, "", "Config path not found: nope\n"), await _home.RunAsync("config", "get", "nope"));
    }

    [Fact]
    public async Task Get_BrokenFile_NamesFileLineAndKey()
    {
        _home.WriteRawConfig("{\n  \"gateway\": {\n    \"port\": \"x\"\n  }\n}\n");

        var result = await _home.RunAsync("config", "get", "gateway.port");

        Assert.Equal(1, result.ExitCode);
        Assert.Equal("", result.Out);
        Assert.StartsWith("Config invalid\nFile: ", result.Error, StringComparison.Ordinal);
        Assert.Contains("openclaw.json:3:", result.Error, StringComparison.Ordinal);
        Assert.Contains("gateway.port: Invalid input: expected number, received string", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Set_BrokenFile_CanBeRepaired()
    {
        _home.WriteRawConfig("{ \"gateway\": { \"port\": \"x\" } }");

        Assert.Equal(0, (await _home.RunAsync("config", "set", "gateway.port", "23000")).ExitCode);
        Assert.Equal("23000\n", (await _home.RunAsync("config", "get", "gateway.port")).Out);
    }

    [Fact]
    public async Task Set_WrongValue_NamesNoPlaceInATextThatWasNotWritten()
    {
        _home.WriteRawConfig("{ gateway: { mode: 'local' } }");

        var result = await _home.RunAsync("config", "set", "gateway.port", "abc");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("allowed: a whole number from 1 to 65535", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(".json:", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Set_FileThatIsBrokenElsewhere_NamesTheLineOfThatAsItStands()
    {
        _home.WriteRawConfig("{\n  gateway: { port: 'x' } }");

        var result = await _home.RunAsync("config", "set", "logging.level", "debug");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("openclaw.json:2:20", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_PrintsWhereItIs() => Assert.Equal(new CommandResult(0, _home.ConfigPath + "\n", ""), await _home.RunAsync("config", "file"));

    [Fact]
    public async Task Validate_GoodFile_IsZero_AndNamesWhatIsOdd()
    {
        _home.WriteRawConfig("{ gateway: { mode: 'local', older: 1 } }");

        var result = await _home.RunAsync("config", "validate");

        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith("Config valid: ", result.Out, StringComparison.Ordinal);
        Assert.Contains("warning: gateway: Unrecognized key: \"older\"", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ gateway: { port: 'x' } }", "gateway.port", 1, 20)]
    [InlineData("{\n", "", 2, 1)]
    public async Task Validate_BadFile_IsOneAndTellsThePlace(string text, string path, int line, int column)
    {
        _home.WriteRawConfig(text);

        var plain = await _home.RunAsync("config", "validate");
        var json = await _home.RunAsync("config", "validate", "--json");

        Assert.Equal((1, ""), (plain.ExitCode, plain.Out));
        Assert.Equal(1, json.ExitCode);
        using var document = JsonDocument.Parse(json.Out);
        Assert.False(document.RootElement.GetProperty("valid").GetBoolean());
        var issue = document.RootElement.GetProperty("issues")[0];
        Assert.Equal((path, line, column), (issue.GetProperty("path").GetString(), issue.GetProperty("line").GetInt32(), issue.GetProperty("column").GetInt32()));
    }

    [Fact]
    public async Task Schema_IsAJsonSchema()
    {
        using var schema = JsonDocument.Parse((await _home.RunAsync("config", "schema")).Out);

        Assert.Equal("http://json-schema.org/draft-07/schema#", schema.RootElement.GetProperty("$schema").GetString());
        Assert.Equal(65535, schema.RootElement.GetProperty("properties").GetProperty("gateway").GetProperty("properties").GetProperty("port").GetProperty("maximum").GetInt32());
    }

    [Fact]
    public async Task Setup_FreshMachine_WritesModeTokenAndWorkspace()
    {
        var result = await _home.RunAsync("setup");

        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith("Wrote ", result.Out, StringComparison.Ordinal);
        using var config = JsonDocument.Parse(await File.ReadAllTextAsync(_home.ConfigPath));
        var gateway = config.RootElement.GetProperty("gateway");
        Assert.Equal("local", gateway.GetProperty("mode").GetString());
        Assert.Matches("^[0-9a-f]{48}$", gateway.GetProperty("auth").GetProperty("token").GetString());
        Assert.True(File.Exists(Path.Combine(_home.State, "workspace", "AGENTS.md")));
        Assert.True(Directory.Exists(Path.Combine(_home.State, "agents", "main", "sessions")));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_home.ConfigPath));
    }

    [Fact]
    public async Task Setup_Again_ChangesNothing()
    {
        await _home.RunAsync("setup");
        var before = await File.ReadAllTextAsync(_home.ConfigPath);
        await File.WriteAllTextAsync(Path.Combine(_home.State, "workspace", "SOUL.md"), "mine");

        var result = await _home.RunAsync("setup");

        Assert.StartsWith("Config OK: ", result.Out, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllTextAsync(_home.ConfigPath));
        Assert.Equal("mine", await File.ReadAllTextAsync(Path.Combine(_home.State, "workspace", "SOUL.md")));
    }

    [Fact]
    public async Task Setup_SecretInTheEnvironment_WritesNoSecondOne()
    {
        _home.Variables["OPENCLAW_GATEWAY_TOKEN"] = "from-env";

        await _home.RunAsync("setup");

        Assert.Equal(1, (await _home.RunAsync("config", "get", "gateway.auth")).ExitCode);
    }

    [Fact]
    public async Task Setup_Workspace_IsRemembered()
    {
        var workspace = Path.Combine(_home.Path, "my agent");

        var result = await _home.RunAsync("setup", "--workspace", "~/my agent");

        Assert.Equal(0, result.ExitCode);
        Assert.True(File.Exists(Path.Combine(workspace, "SOUL.md")));
        Assert.Equal(workspace + "\n", (await _home.RunAsync("config", "get", "agents.defaults.workspace")).Out);
    }
}
