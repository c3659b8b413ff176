using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Configuration.Writing;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Configuration.Writing;

public sealed class ConfigWriterTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task Write_NoFile_MakesAPrivateOne()
    {
        using var home = new ConfigHome();
        var result = await Write(home, Set("gateway.mode", "local"));
        Assert.Equal(ConfigWriteStatus.Written, result.Status);
        Assert.Equal(
            """
            {
              "gateway": {
                "mode": "local"
              },
              "meta": {
                "lastTouchedVersion": "2026.2.9",
                "lastTouchedAt": "2026-11-21T04:00:00.000Z"
              }
            }

            """,
            home.ConfigText);
        if (OperatingSystem.IsWindows())
            return;
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(home.Environment.ConfigPath));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(home.Environment.StateDirectory));
    }

    [Fact]
    public async Task Write_FileWithIncludesVariablesAndComments_KeepsThemAll()
    {
        const string text =
            """
            // my comment
            {
              $include: ['./inc.json5'],
              gateway: { auth: { token: '${GTOK}' }, mode: 'local' },
              agents: { defaults: { workspace: '~/w' } },
            }
            """;
        using var home = new ConfigHome(text, new() { ["GTOK"] = "s3cret" });
        File.WriteAllText(home[".openclaw", "inc.json5"], "{ gateway: { port: 23070 } }");

        var result = await Write(home, Set("logging.consoleStyle", "json"));

        Assert.Equal(ConfigWriteStatus.Written, result.Status);
        Assert.StartsWith(text[..text.LastIndexOf('}')], home.ConfigText, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", home.ConfigText, StringComparison.Ordinal);
        Assert.DoesNotContain("23070", home.ConfigText, StringComparison.Ordinal);
        Assert.Equal(23070, result.Snapshot!.Gateway.Port);
    }

    [Theory]
    [InlineData("gateway.port", "\"abc\"", "Config validation failed: gateway.port: Invalid input: expected number, received string")]
    [InlineData("gateway.port", "-5", "Config validation failed: gateway.port: Too small: expected number to be >0")]
    [InlineData("gateway.auth.token", "12345", "Config validation failed: gateway.auth.token: Invalid input: expected string, received number")]
    [InlineData("logging.level", "\"verbose\"", "Config validation failed: logging.level: Invalid input")]
    public async Task Write_WrongValue_LeavesEveryByteAsItWas(string path, string value, string error)
    {
        const string text = "{ gateway: { mode: 'local' } } // end";
        using var home = new ConfigHome(text);
        var result = await Write(home, new ConfigEdit.Set(PathOf(path), JsonNode.Parse(value)));
        Assert.Equal(ConfigWriteStatus.Invalid, result.Status);
        Assert.Equal(error, result.Error);
        Assert.Equal(text, home.ConfigText);
        Assert.Equal(["openclaw.json", "openclaw.json.lock"], Files(home));
    }

    [Theory]
    [InlineData("gateway.bogus", "Config validation failed: gateway: Unrecognized key: \"bogus\"")]
    [InlineData("a..b", "Config validation failed: <root>: Unrecognized key: \"a\"")]
    [InlineData("agents.defaults.heartbeat.target", "Config validation failed: agents.defaults.heartbeat.target: unknown heartbeat target: 1x")]
    public async Task Write_NewUnknownKey_IsATypingMistake(string path, string error)
    {
        const string text = "{ gateway: { older: 1 } }";
        using var home = new ConfigHome(text);
        Assert.Equal(error, (await Write(home, Set(path, "1x"))).Error);
        Assert.Equal(text, home.ConfigText);
        Assert.True((await Write(home, Set("gateway.mode", "local"))).Succeeded);
        Assert.Contains("older: 1", home.ConfigText, StringComparison.Ordinal);
    }

    /// <summary>The peer knows it: its clients set it, and must not fail.</summary>
    [Fact]
    public async Task Write_SettingWithoutEffectHere_IsWrittenAndTold()
    {
        using var home = new ConfigHome("{ channels: { telegram: {} } }");
        var result = await Write(home, new ConfigEdit.Set(PathOf("channels.telegram.blockStreaming"), JsonValue.Create(true)));
        Assert.Equal(ConfigWriteStatus.Written, result.Status);
        Assert.Equal("channels.telegram.blockStreaming", Assert.Single(result.Snapshot!.Warnings).Path);
    }

    [Fact]
    public async Task Write_UnreadableFile_IsNotOverwritten()
    {
        const string text = "{ gateway: { mode: 'local' ";
        using var home = new ConfigHome(text);
        var result = await Write(home, Set("gateway.mode", "local"));
        Assert.Equal(ConfigWriteStatus.Refused, result.Status);
        Assert.Contains("JSON5: invalid end of input at 1:28", result.Error, StringComparison.Ordinal);
        Assert.Equal(text, home.ConfigText);
    }

    [Fact]
    public async Task Write_InvalidFile_CanBeRepaired()
    {
        using var home = new ConfigHome("{ gateway: { port: 'abc' } }");
        var result = await Write(home, new ConfigEdit.Set(PathOf("gateway.port"), 20000));
        Assert.Equal(ConfigWriteStatus.Written, result.Status);
    }

    [Fact]
    public async Task Write_SameValue_WritesNothing()
    {
        const string text = "{ gateway: { mode: 'local' } }";
        using var home = new ConfigHome(text);
        var result = await Write(home, Set("gateway.mode", "local"));
        Assert.Equal(ConfigWriteStatus.Unchanged, result.Status);
        Assert.True(result.Succeeded);
        Assert.Equal(text, home.ConfigText);
    }

    [Fact]
    public void Rotate_AgainAndAgainBeforeAWriteThatFails_KeepsTheFormerVersions()
    {
        using var home = new ConfigHome("three");
        var path = home.Environment.ConfigPath;
        File.WriteAllText(path + ".bak", "two");
        File.WriteAllText(path + ".bak.1", "one");

        for (var i = 0; i < 6; i++)
            ConfigBackups.Rotate(path);

        Assert.Equal(["three", "two", "one"], new[] { ".bak", ".bak.1", ".bak.2" }.Select(suffix => File.ReadAllText(path + suffix)));
        Assert.False(File.Exists(path + ".bak.3"));
    }

    [Fact]
    public async Task Write_SevenTimes_KeepsTheLastFiveVersions()
    {
        using var home = new ConfigHome("{ gateway: { port: 1 } }");
        for (var port = 2; port <= 8; port++)
            Assert.Equal(ConfigWriteStatus.Written, (await Write(home, new ConfigEdit.Set(PathOf("gateway.port"), port))).Status);
        var ports = new[] { ".bak", ".bak.1", ".bak.2", ".bak.3", ".bak.4" }.Select(suffix => PortIn(home.Environment.ConfigPath + suffix));
        Assert.Equal([7, 6, 5, 4, 3], ports);
        Assert.Equal(8, PortIn(home.Environment.ConfigPath));
        Assert.Equal(7, Files(home).Length);
    }

    [Fact]
    public async Task Unset_Value_RemovesItOrSaysWhereItIs()
    {
        using var home = new ConfigHome("{ $include: 'inc.json5', gateway: { mode: 'local', bind: 'lan' } }");
        File.WriteAllText(home[".openclaw", "inc.json5"], "{\n  gateway: { port: 5 } }");
        Assert.Equal(ConfigWriteStatus.Written, (await Write(home, new ConfigEdit.Unset(PathOf("gateway.bind")))).Status);
        Assert.DoesNotContain("bind", home.ConfigText, StringComparison.Ordinal);

        var absent = await Write(home, new ConfigEdit.Unset(PathOf("gateway.nope")));
        Assert.Equal((ConfigWriteStatus.NotFound, "Config path not found: gateway.nope"), (absent.Status, absent.Error));

        var included = await Write(home, new ConfigEdit.Unset(PathOf("gateway.port")));
        Assert.Equal(ConfigWriteStatus.Refused, included.Status);
        Assert.Equal($"gateway.port is set at {home[".openclaw", "inc.json5"]}:2:20; remove it there.", included.Error);
    }

    [Fact]
    public async Task Merge_Patch_DeletesMergesAndReplaces()
    {
        using var home = new ConfigHome("{\n  // mine\n  gateway: { port: 1, bind: 'lan' }, // end\n  session: { resetTriggers: ['a'] },\n}");
        var patch = JsonNode.Parse("""{"gateway":{"bind":null,"mode":"local"},"session":{"resetTriggers":["b"]},"cron":{"enabled":false,"store":null}}""")!.AsObject();
        Assert.Equal(ConfigWriteStatus.Written, (await Write(home, new ConfigEdit.Merge(patch))).Status);
        Assert.StartsWith("{\n  // mine\n  gateway: { port: 1, mode: \"local\" }, // end\n  session: { resetTriggers: [\n", home.ConfigText, StringComparison.Ordinal);
        Assert.Contains("cron: {\n    enabled: false\n  },", home.ConfigText, StringComparison.Ordinal);
        Assert.DoesNotContain("store", home.ConfigText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_BaseHash_HasToMatch()
    {
        using var home = new ConfigHome("{ gateway: { port: 1 } }");
        var snapshot = await home.LoadAsync();
        ConfigWriteRequest request = new([new ConfigEdit.Replace("{ gateway: { port: 2 } }")]) { RequireBaseHash = true };

        Assert.Equal("config base hash required; re-run config.get and retry", (await Write(home, request)).Error);
        Assert.Equal(ConfigWriteStatus.Written, (await Write(home, request with { BaseHash = snapshot.Hash })).Status);
        var late = await Write(home, request with { BaseHash = snapshot.Hash });
        Assert.Equal((ConfigWriteStatus.Conflict, "config changed since last load; re-run config.get and retry"), (late.Status, late.Error));
    }

    [Fact]
    public async Task Write_TempFilesOfDeadWriters_AreIgnoredAndRemoved()
    {
        using var home = new ConfigHome("{ gateway: { port: 1 } }");
        var torn = home.Environment.ConfigPath + ".123.5b2a.tmp";
        var fresh = home.Environment.ConfigPath + ".124.5b2b.tmp";
        File.WriteAllText(torn, "{ gateway: { po");
        File.WriteAllText(fresh, "{ gat");
        File.SetLastWriteTimeUtc(torn, _time.GetUtcNow().UtcDateTime.AddHours(-1));
        File.SetLastWriteTimeUtc(fresh, _time.GetUtcNow().UtcDateTime);
        Assert.Equal(1, (await home.LoadAsync()).Gateway.Port);
        Assert.Equal(ConfigWriteStatus.Written, (await Write(home, new ConfigEdit.Set(PathOf("gateway.port"), 2))).Status);
        Assert.False(File.Exists(torn));
        Assert.True(File.Exists(fresh));
    }

    [Fact]
    public async Task Write_ManyWritersAtOnce_LosesNoChange()
    {
        using var home = new ConfigHome("{ // keep\n}");
        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() =>
            new ConfigWriter(home.Loader, TimeProvider.System).WriteAsync(new ConfigEdit.Set(ConfigPath.Of("env", $"V{i}"), $"{i}"))))).WithTimeout();
        Assert.All(results, result => Assert.Equal(ConfigWriteStatus.Written, result.Status));
        var env = (await home.LoadAsync()).Config["env"]!.AsObject();
        Assert.Equal(20, env.Count);
        Assert.StartsWith("{ // keep\n", home.ConfigText, StringComparison.Ordinal);
        Assert.DoesNotContain(Files(home), name => name.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Write_ThroughALink_KeepsTheLink()
    {
        using var home = new ConfigHome();
        Directory.CreateDirectory(home["dotfiles"]);
        Directory.CreateDirectory(home[".openclaw"]);
        File.WriteAllText(home["dotfiles", "oc.json"], "{}");
        File.CreateSymbolicLink(home.Environment.ConfigPath, home["dotfiles", "oc.json"]);
        Assert.Equal(ConfigWriteStatus.Written, (await Write(home, Set("gateway.mode", "local"))).Status);
        Assert.NotNull(new FileInfo(home.Environment.ConfigPath).LinkTarget);
        Assert.Contains("local", File.ReadAllText(home["dotfiles", "oc.json"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_DirectoryRefuses_FailsWithTheReason()
    {
        using var home = new ConfigHome();
        File.WriteAllText(home[".openclaw"], "in the way");
        var result = await Write(home, Set("gateway.mode", "local"));
        Assert.Equal(ConfigWriteStatus.Failed, result.Status);
        Assert.StartsWith("Failed to write config at ", result.Error, StringComparison.Ordinal);
    }

    private static ConfigEdit.Set Set(string path, string value) => new(PathOf(path), value);

    private static ConfigPath PathOf(string text)
    {
        Assert.True(ConfigPath.TryParse(text, out var path, out var error), error);
        return path;
    }

    private Task<ConfigWriteResult> Write(ConfigHome home, ConfigWriteRequest request) => new ConfigWriter(home.Loader, _time).WriteAsync(request);

    private static int PortIn(string file) => int.Parse(File.ReadAllText(file).Split("port: ")[1].Split([' ', ','])[0]);

    private static string[] Files(ConfigHome home) =>
        [.. Directory.GetFiles(home.Environment.StateDirectory).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];
}
