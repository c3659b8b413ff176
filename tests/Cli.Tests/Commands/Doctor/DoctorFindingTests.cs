using System.Net;
using System.Net.Sockets;
using OpenClaw.Cli.Commands.Doctor.Checks;
using OpenClaw.Cli.Commands.Security;
using OpenClaw.Cli.Diagnosis;
using OpenClaw.Cli.Tests.Support;

namespace OpenClaw.Cli.Tests.Commands.Doctor;

public sealed class DoctorFindingTests
{
    [Theory]
    [InlineData("""{ gateway: { mode: "local", port: "x", auth: { token: "0123456789abcdef0123456789abcdef" } } }""", "config.invalid")]
    [InlineData("""{ gateway: { mode: "remote" } }""", "gateway.remote_url_missing")]
    [InlineData("""{ gateway: { mode: "local", bind: "lan", tailscale: { mode: "serve" }, auth: { token: "0123456789abcdef0123456789abcdef" } } }""", "gateway.start_refused")]
    [InlineData("""{ gateway: { mode: "local", auth: { token: "secret" } } }""", "gateway.token_too_short")]
    [InlineData("""{ gateway: { mode: "local", auth: { token: "0123456789abcdef0123456789abcdef" } }, channels: { telegram: { dmPolicy: "open", allowFrom: ["*"], botToken: "1:x" } } }""", "channels.telegram.dm.open")]
    [InlineData("""{ gateway: { mode: "local", auth: { token: "0123456789abcdef0123456789abcdef" } }, channels: { telegram: { } } }""", "channels.telegram.token_missing")]
    [InlineData("""{ gateway: { mode: "local", auth: { token: "0123456789abcdef0123456789abcdef" } }, channels: { telegram: { tokenFile: "/nowhere/token" } } }""", "channels.telegram.token_file")]
    [InlineData("""{ gateway: { mode: "local", auth: { token: "0123456789abcdef0123456789abcdef" } }, browser: { enabled: true, executablePath: "/nowhere/chrome" } }""", "programs.browser")]
    [InlineData("""{ gateway: { mode: "local", auth: { token: "0123456789abcdef0123456789abcdef" } }, agents: { defaults: { model: { primary: "nobody/knows" } } } }""", "models.unusable")]
    public async Task Doctor_Configuration_IsFound(string config, string id)
    {
        using var home = await DoctorHome.HealthyAsync();
        File.WriteAllText(home.ConfigPath, config);

        var (exitCode, report) = await home.DoctorAsync();

        Assert.Equal(1, exitCode);
        Assert.Contains(id, report.Problems());
    }

    [Fact]
    public async Task Doctor_HealthyInstance_EndsWithZero()
    {
        using var home = await DoctorHome.HealthyAsync();

        var result = await home.RunAsync("doctor", "--deep", "--non-interactive");

        Assert.True(result.ExitCode == 0, result.Out);
        Assert.Equal("", result.Error);
        Assert.EndsWith("\nNothing is wrong.\n", result.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CLAWDBOT_STATE_DIRECTORY", "x", "env.old_names")]
    [InlineData("OPENCLAW_GATEWAY_PORT", "99999", "env.port")]
    [InlineData("OPENCLAW_GATEWAY_TOKEN", "another-token-than-the-configured", "env.token_differs")]
    [InlineData("ConnectionStrings__redis", "127.0.0.1:1,password=hush-hush,connectTimeout=100", "redis.unreachable")]
    public async Task Doctor_Variable_IsFoundAndNotShown(string name, string value, string id)
    {
        using var home = await DoctorHome.HealthyAsync();
        home.Variables[name] = value;

        var result = await home.RunAsync("doctor");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains($"[{id}]", result.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("hush-hush", result.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("another-token", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_PortOfAnotherProgram_IsAnError()
    {
        using var home = await DoctorHome.HealthyAsync();
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        home.Variables["OPENCLAW_GATEWAY_PORT"] = $"{((IPEndPoint)other.LocalEndpoint).Port}";

        // It never answers: a probe of it waits as long as it may, and no longer.
        var (exitCode, report) = await home.DoctorAsync();

        Assert.Equal(1, exitCode);
        Assert.Contains("gateway.port_taken", report.Ids("error"));
    }

    [Theory]
    [InlineData("devices/paired.json", "{ \"a\": ")]
    [InlineData("devices/pending.json", "")]
    [InlineData("nodes/paired.json", "[]")]
    [InlineData("cron/jobs.json", "{} {")]
    [InlineData("credentials/telegram-allowFrom.json", "\0\0\0")]
    [InlineData("exec-approvals.json", "not JSON")]
    public async Task Doctor_BrokenStateFile_IsAnErrorAndStays(string name, string content)
    {
        using var home = await DoctorHome.HealthyAsync();
        var path = Path.Combine(home.State, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);

        var (exitCode, report) = await home.DoctorAsync("--fix", "--yes");

        Assert.Equal(1, exitCode);
        Assert.Equal(["state.file_broken"], report.Ids("error"));
        Assert.Contains(name, report.Finding("state.file_broken").GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(content, await File.ReadAllTextAsync(path));
    }

    [Fact]
    public async Task Doctor_FileThatWasSetAside_IsANote()
    {
        using var home = await DoctorHome.HealthyAsync();
        Directory.CreateDirectory(Path.Combine(home.State, "devices"));
        File.WriteAllText(Path.Combine(home.State, "devices", "paired.json.broken-1795313285331"), "half");

        var (exitCode, report) = await home.DoctorAsync();

        Assert.Equal(0, exitCode);
        Assert.Contains("state.file_set_aside", report.Ids("info"));
    }

    [Fact]
    public async Task Doctor_UnreadableSessions_AreAnErrorAndStay()
    {
        using var home = await DoctorHome.HealthyAsync();
        var store = WriteStore(home, "{ \"agent:main:main\": ");

        var (exitCode, report) = await home.DoctorAsync("--fix", "--yes");

        Assert.Equal(1, exitCode);
        Assert.Equal(["sessions.unreadable"], report.Problems());
        Assert.Equal("{ \"agent:main:main\": ", await File.ReadAllTextAsync(store));
    }

    [Fact]
    public async Task Doctor_SessionWithoutItsFile_IsAWarningOnlyWhenSomethingWasSaid()
    {
        using var home = await DoctorHome.HealthyAsync();
        WriteStore(home, """
            {
              "agent:main:main": { "sessionId": "s-1", "updatedAt": 1795000000000, "totalTokens": 12 },
              "agent:main:fresh": { "sessionId": "s-2", "updatedAt": 1795000000000 }
            }
            """);

        var (_, report) = await home.DoctorAsync();

        Assert.Equal(["sessions.transcript_missing"], report.Problems());
        var detail = report.Finding("sessions.transcript_missing").GetProperty("detail").GetString();
        Assert.Contains("agent:main:main", detail, StringComparison.Ordinal);
        Assert.DoesNotContain("agent:main:fresh", detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_ADeviceKeyThatCannotBeWritten_IsNotBlamedOnTheGateway()
    {
        using var home = await DoctorHome.HealthyAsync();
        Directory.Delete(Path.Combine(home.State, "identity"), recursive: true);
        await File.WriteAllTextAsync(Path.Combine(home.State, "identity"), "in the way");

        var (exitCode, report) = await home.DoctorAsync();

        Assert.Equal(1, exitCode);
        Assert.DoesNotContain("gateway.refused", report.Problems());
        Assert.Contains("identity", report.Finding("gateway.not_asked").GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_WhatARestoreLeft_IsNamed()
    {
        using var home = await DoctorHome.HealthyAsync();
        Directory.CreateDirectory(home.State + ".restoring-1");

        var (_, report) = await home.DoctorAsync();

        Assert.Contains(".openclaw.restoring-1", report.Finding("state.restore_leftover").GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ no json", "models.keys_unreadable")]
    [InlineData("""{"profiles":{"anthropic:x":{"type":"token","provider":"anthropic","token":"hush","expires":1000}}}""", "models.key_expired")]
    public async Task Doctor_StoredKeys_AreLookedAt(string content, string id)
    {
        using var home = await DoctorHome.HealthyAsync();
        var path = Path.Combine(home.State, "agents", "main", "agent", "auth-profiles.json");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, content);

        // Also takes the file from others.
        var (exitCode, report) = await home.DoctorAsync("--fix");

        Assert.Equal(1, exitCode);
        Assert.Equal([id], report.Problems());
        Assert.DoesNotContain("hush", report.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(50L << 20, 1L << 40, FindingSeverity.Error)]
    [InlineData(500L << 20, 1L << 40, FindingSeverity.Warning)]
    [InlineData(500L << 20, 4L << 30, null)]
    [InlineData(20L << 30, 1L << 40, null)]
    internal void Judge_FreeSpace_IsSeenInProportion(long free, long total, FindingSeverity? expected) => Assert.Equal(expected, DiskCheck.Judge(free, total));

    [Theory]
    [InlineData("short", true)]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", true)]
    [InlineData("3f9c2b7a1d8e4f60c5a7b3e2", false)]
    public void Weakness_Secret_IsNamedWithoutTellingIt(string secret, bool weak)
    {
        var weakness = GatewayExposure.Weakness(secret);

        Assert.Equal(weak, weakness is not null);
        Assert.DoesNotContain(secret, weakness ?? "", StringComparison.Ordinal);
    }

    private static string WriteStore(CliHome home, string content)
    {
        var store = Path.Combine(home.State, "agents", "main", "sessions", "sessions.json");
        Directory.CreateDirectory(Path.GetDirectoryName(store)!);
        File.WriteAllText(store, content);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(store, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return store;
    }
}
