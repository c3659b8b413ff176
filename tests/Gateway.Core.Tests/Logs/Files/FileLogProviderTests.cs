using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Core.Logs;
using OpenClaw.Gateway.Core.Logs.Files;
using OpenClaw.Gateway.Core.Tests.Configuration;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Logs.Files;

public sealed class FileLogProviderTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly ManualTimeProvider _time = new(new DateTimeOffset(2026, 11, 21, 23, 59, 59, 500, TimeSpan.Zero));

    private string Logs => _directory["logs"];

    [Fact]
    public async Task Log_Lines_HaveTheFormatOfTheOriginal()
    {
        using (var provider = await OpenAsync())
        {
            provider.CreateLogger("gateway/ws").LogWarning("⇄ res ✗ {Method}", "nope");
            provider.CreateLogger("OpenClaw.Channels.Telegram.Polling.Poller").LogError(new IOException("gone"), "poll failed");
        }
        var lines = File.ReadAllLines(Path.Combine(Logs, "openclaw-2026-11-21.log")).Select(line => JsonNode.Parse(line)!).ToArray();
        Assert.Equal("{\"subsystem\":\"gateway/ws\"}", (string?)lines[0]["0"]);
        Assert.Equal("⇄ res ✗ nope", (string?)lines[0]["1"]);
        Assert.Equal("2026-11-21T23:59:59.500Z", (string?)lines[0]["time"]);
        var meta = lines[0]["_meta"]!.AsObject();
        Assert.Equal("WARN", (string?)meta["logLevelName"]);
        Assert.Equal(4, (int?)meta["logLevelId"]);
        Assert.Equal("{\"subsystem\":\"gateway/ws\"}", (string?)meta["name"]);
        Assert.Equal("openclaw", (string?)meta["parentNames"]![0]);
        Assert.Equal("2026-11-21T23:59:59.500Z", (string?)meta["date"]);
        Assert.Equal("{\"subsystem\":\"telegram\"}", (string?)lines[1]["0"]);
        Assert.Contains("gone", (string?)lines[1]["1"]!["error"], StringComparison.Ordinal);
        Assert.Equal("poll failed", (string?)lines[1]["2"]);
    }

    [Fact]
    public async Task Log_AfterMidnight_ExistingLoggersMoveToTheNewFile()
    {
        using (var provider = await OpenAsync())
        {
            var logger = provider.CreateLogger("gateway");
            logger.LogInformation("old day");
            _time.Advance(TimeSpan.FromSeconds(1));
            logger.LogInformation("new day");
            Assert.Equal(Path.Combine(Logs, "openclaw-2026-11-22.log"), provider.CurrentPath);
        }
        Assert.Contains("old day", Read("openclaw-2026-11-21.log"), StringComparison.Ordinal);
        Assert.DoesNotContain("new day", Read("openclaw-2026-11-21.log"), StringComparison.Ordinal);
        Assert.Contains("new day", Read("openclaw-2026-11-22.log"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("error", "error,fatal")]
    [InlineData("warn", "warn,error,fatal")]
    [InlineData("info", "info,warn,error,fatal")]
    [InlineData("debug", "debug,info,warn,error,fatal")]
    [InlineData("trace", "trace,debug,info,warn,error,fatal")]
    [InlineData("silent", "")]
    public async Task Log_Level_KeepsWhatIsAsSevereOrMore(string level, string kept)
    {
        using (var provider = await OpenAsync($"{{ logging: {{ level: '{level}' }} }}"))
        {
            var logger = provider.CreateLogger("gateway");
            foreach (var severity in Enum.GetValues<LogLevel>())
                logger.Log(severity, "line");
        }
        var names = Directory.Exists(Logs) && Directory.GetFiles(Logs).Length > 0
            ? File.ReadAllLines(Directory.GetFiles(Logs)[0]).Select(line => ((string?)JsonNode.Parse(line)!["_meta"]!["logLevelName"])!.ToLowerInvariant())
            : [];
        Assert.Equal(kept, string.Join(',', names));
    }

    [Fact]
    public async Task Log_ChangedSettings_CountForExistingLoggers()
    {
        using var home = new ConfigHome();
        var settings = new LogSettings((await home.LoadAsync()).Logging);
        using (var provider = Provider(home, settings))
        {
            var logger = provider.CreateLogger("gateway");
            logger.LogDebug("too early");
            home.Write("{ logging: { level: 'debug' } }");
            settings.Use((await home.LoadAsync()).Logging);
            logger.LogDebug("wanted");
        }
        Assert.Contains("wanted", Read("openclaw-2026-11-21.log"), StringComparison.Ordinal);
        Assert.DoesNotContain("too early", Read("openclaw-2026-11-21.log"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_HostileText_StaysOneReadableLine()
    {
        using (var provider = await OpenAsync())
            provider.CreateLogger("gateway").LogInformation("{Text}", "a\r\nb\0\ud800 \"} {\"x\u2028");
        var line = Assert.Single(File.ReadAllLines(Path.Combine(Logs, "openclaw-2026-11-21.log")));
        Assert.Equal("a\r\nb\0\ufffd \"} {\"x\u2028", (string?)JsonNode.Parse(line)!["1"]);
    }

    [Fact]
    public async Task Log_FrameworkChatter_StaysOut()
    {
        using (var provider = await OpenAsync("{ logging: { level: 'trace' } }"))
        {
            provider.CreateLogger("Microsoft.AspNetCore.Hosting.Diagnostics").LogInformation("Request starting");
            provider.CreateLogger("Microsoft.AspNetCore.Server.Kestrel").LogWarning("overload");
        }
        var line = Assert.Single(File.ReadAllLines(Path.Combine(Logs, "openclaw-2026-11-21.log")));
        Assert.Contains("overload", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_TwoProcessesOneFile_NoLineIsTorn()
    {
        using var home = new ConfigHome();
        var settings = new LogSettings((await home.LoadAsync()).Logging);
        using (var first = Provider(home, settings))
        using (var second = Provider(home, settings))
        {
            await Task.WhenAll(new[] { first, second }.Select(provider => Task.Run(() =>
            {
                var logger = provider.CreateLogger("gateway");
                for (var i = 0; i < 2000; i++)
                    logger.LogInformation("{Line}", new string('x', i % 300));
            }))).WithTimeout();
        }
        var lines = File.ReadAllLines(Path.Combine(Logs, "openclaw-2026-11-21.log"));
        Assert.Equal(4000, lines.Length);
        Assert.All(lines, line => Assert.NotNull(JsonNode.Parse(line)!["1"]));
    }

    [Fact]
    public async Task Log_FileRemovedMeanwhile_IsMadeAgain()
    {
        using var home = new ConfigHome();
        var settings = new LogSettings((await home.LoadAsync()).Logging);
        var file = new FileLog(settings, Directory.CreateDirectory(Logs).FullName, "host", _time);
        file.Write([Entry("one")], 0);
        File.Delete(file.CurrentPath);
        file.Write([Entry("two")], 3);
        var lines = File.ReadAllLines(file.CurrentPath);
        Assert.Equal(2, lines.Length);
        Assert.Contains("3 log lines were dropped", lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_NewDay_RemovesFilesOlderThanAWeek()
    {
        using var home = new ConfigHome();
        Directory.CreateDirectory(Logs);
        foreach (var (name, days) in new[] { ("openclaw-2026-11-12.log", 9), ("openclaw-2026-11-20.log", 1), ("notes.log", 30) })
        {
            File.WriteAllText(Path.Combine(Logs, name), "x");
            File.SetLastWriteTimeUtc(Path.Combine(Logs, name), _time.GetUtcNow().UtcDateTime.AddDays(-days));
        }
        new FileLog(new LogSettings((await home.LoadAsync()).Logging), Logs, "host", _time).Write([Entry("x")], 0);
        Assert.Equal(["notes.log", "openclaw-2026-11-20.log", "openclaw-2026-11-21.log"], Directory.GetFiles(Logs).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Log_RunawayDay_IsBounded()
    {
        using var home = new ConfigHome();
        Directory.CreateDirectory(Logs);
        var file = new FileLog(new LogSettings((await home.LoadAsync()).Logging), Logs, "host", _time, sizeLimit: 1000);
        for (var i = 0; i < 50; i++)
            file.Write([Entry($"line {i}")], 0);
        Assert.Equal(["openclaw-2026-11-21.log", "openclaw-2026-11-21.old.log"], Directory.GetFiles(Logs).Select(Path.GetFileName).Order());
        Assert.All(Directory.GetFiles(Logs), path => Assert.InRange(new FileInfo(path).Length, 1, 2000));
        Assert.Contains("line 49", Read("openclaw-2026-11-21.log"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_ConfiguredFile_IsUsedAsItIs()
    {
        var path = _directory["own", "gateway.log"];
        using (var provider = await OpenAsync($"{{ logging: {{ file: '{path}' }} }}"))
            provider.CreateLogger("gateway").LogInformation("here");
        Assert.Contains("here", File.ReadAllText(path), StringComparison.Ordinal);
    }

    [Fact]
    public void LogDirectory_Link_IsRefusedForTheFallback()
    {
        Directory.CreateDirectory(_directory["trap"]);
        Directory.CreateSymbolicLink(Logs, _directory["trap"]);
        Assert.Equal(_directory["state", "logs"], LogDirectory.Choose(Logs, _directory["state", "logs"]));
        Assert.Empty(Directory.GetFileSystemEntries(_directory["trap"]));
    }

    [Fact]
    public void LogDirectory_OpenToOthers_IsShut()
    {
        if (OperatingSystem.IsWindows())
            return;
        Directory.CreateDirectory(Logs, (UnixFileMode)0x1FF);
        Assert.Equal(Logs, LogDirectory.Choose(Logs, _directory["state", "logs"]));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Logs));
    }

    [Fact]
    public void LogDirectory_FileInTheWay_FallsBack()
    {
        File.WriteAllText(Logs, "x");
        Assert.Equal(_directory["state", "logs"], LogDirectory.Choose(Logs, _directory["state", "logs"]));
    }

    public void Dispose() => _directory.Dispose();

    private LogEntry Entry(string message) => new(_time.GetUtcNow(), LogLevel.Information, "gateway", message, null);

    private string Read(string name) => File.ReadAllText(Path.Combine(Logs, name));

    private async Task<FileLogProvider> OpenAsync(string? config = null)
    {
        using var home = new ConfigHome(config);
        return Provider(home, new LogSettings((await home.LoadAsync()).Logging));
    }

    private FileLogProvider Provider(ConfigHome home, LogSettings settings) =>
        new(settings, home.Environment with { LogDirectory = Logs }, _time);
}
