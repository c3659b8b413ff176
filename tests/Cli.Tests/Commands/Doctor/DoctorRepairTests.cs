using System.Diagnostics;
using System.Runtime.Versioning;
using OpenClaw.Cli.Tests.Support;

namespace OpenClaw.Cli.Tests.Commands.Doctor;

public sealed class DoctorRepairTests
{
    [Fact]
    public async Task Doctor_EmptyHome_SaysWhatIsMissingAndChangesNothing()
    {
        using var home = new CliHome();

        var (exitCode, report) = await home.DoctorAsync();

        Assert.Equal(1, exitCode);
        Assert.Equal(["config.missing", "gateway.auth_missing", "gateway.mode_unset", "models.none", "state.missing"], report.Problems().Order());
        Assert.False(Directory.Exists(home.State));
    }

    [Fact]
    public async Task Fix_EmptyHome_LeavesAnInstanceWithWhichNothingIsWrong()
    {
        using var home = new CliHome();
        home.Variables["ANTHROPIC_API_KEY"] = "sk-test";

        var repaired = await home.RunAsync("doctor", "--fix");
        var (exitCode, report) = await home.DoctorAsync();

        Assert.Equal(0, repaired.ExitCode);
        Assert.EndsWith("\nNothing is wrong any more.\n", repaired.Out, StringComparison.Ordinal);
        Assert.Equal(0, exitCode);
        Assert.True(report.GetProperty("ok").GetBoolean());
        Assert.Equal("local\n", (await home.RunAsync("config", "get", "gateway.mode")).Out);
        Assert.Matches("^[0-9a-f]{48}\n$", (await home.RunAsync("config", "get", "gateway.auth.token")).Out);
    }

    [Fact]
    public async Task GenerateGatewayToken_WithoutFix_MakesATokenAndRepairsNothingElse()
    {
        using var home = new CliHome();
        home.WriteRawConfig("{ }");

        var (exitCode, report) = await home.DoctorAsync("--generate-gateway-token");

        Assert.Equal(1, exitCode);
        Assert.Contains("gateway.mode_unset", report.Problems());
        Assert.DoesNotContain("gateway.auth_missing", report.Problems());
        Assert.Equal(["gateway.auth_missing"], report.GetProperty("repairs").EnumerateArray().Select(repair => repair.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task Fix_WithAToken_KeepsIt()
    {
        using var home = await DoctorHome.HealthyAsync();
        var before = await File.ReadAllTextAsync(home.ConfigPath);

        await home.RunAsync("doctor", "--fix", "--yes", "--generate-gateway-token");

        Assert.Equal(before, await File.ReadAllTextAsync(home.ConfigPath));
    }

    [Fact]
    public async Task Fix_OldKeysBesideAnUnknownOne_RenamesThemAndKeepsCommentsAndTheUnknownKey()
    {
        using var home = await DoctorHome.HealthyAsync();
        home.WriteRawConfig("""
            {
              // where it runs
              gateway: { mode: "local", token: "0123456789abcdef0123456789abcdef" },
              bogus: 1, // mine
            }
            """);

        var (before, found) = await home.DoctorAsync();
        var (after, left) = await home.DoctorAsync("--fix");

        Assert.Equal(1, before);
        Assert.Contains("config.legacy_key", found.Problems());
        Assert.Equal(0, after);
        Assert.Equal(["config.unknown_key"], left.Ids("info").Where(id => id.StartsWith("config.", StringComparison.Ordinal)));
        var text = await File.ReadAllTextAsync(home.ConfigPath);
        Assert.Contains("// where it runs", text, StringComparison.Ordinal);
        Assert.Contains("bogus: 1, // mine", text, StringComparison.Ordinal);
        Assert.Equal("0123456789abcdef0123456789abcdef\n", (await home.RunAsync("config", "get", "gateway.auth.token")).Out);
        Assert.Contains("token: \"0123456789abcdef0123456789abcdef\" }", await File.ReadAllTextAsync(home.ConfigPath + ".bak"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_BrokenFile_NamesLineAndColumnAndOffersTheBackup()
    {
        using var home = await BrokenAsync();

        var (exitCode, report) = await home.DoctorAsync("--fix");

        Assert.Equal(1, exitCode);
        var finding = report.Finding("config.syntax");
        Assert.Contains("Line 2, column 14 of ", finding.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Contains("openclaw.json.bak ", finding.GetProperty("fix").GetString(), StringComparison.Ordinal);
        Assert.True(finding.GetProperty("fixNeedsConsent").GetBoolean());
        Assert.Equal(Broken, await File.ReadAllTextAsync(home.ConfigPath));
    }

    [Fact]
    public async Task FixYes_BrokenFile_BringsTheBackupBackAndKeepsTheBrokenOne()
    {
        using var home = await BrokenAsync();

        var (exitCode, report) = await home.DoctorAsync("--fix", "--yes");

        Assert.Equal(0, exitCode);
        Assert.Equal(["config.syntax"], report.GetProperty("repairs").EnumerateArray().Select(repair => repair.GetProperty("id").GetString()));
        Assert.Equal("local\n", (await home.RunAsync("config", "get", "gateway.mode")).Out);
        Assert.Equal(Broken, await File.ReadAllTextAsync(Directory.EnumerateFiles(home.State, "openclaw.json.broken-*").Single()));
    }

    [Fact]
    public async Task FixYes_BrokenFileAndBackup_TakesAnOlderBackup()
    {
        using var home = await BrokenAsync();
        File.Move(home.ConfigPath + ".bak", home.ConfigPath + ".bak.3");
        await File.WriteAllTextAsync(home.ConfigPath + ".bak", "{ gateway: { port: \"no\" } }");

        var (exitCode, _) = await home.DoctorAsync("--fix", "--yes");

        Assert.Equal(0, exitCode);
    }

    [Fact]
    public async Task FixYes_BrokenFileWithoutBackup_LeavesItAndSaysSo()
    {
        using var home = await BrokenAsync();
        File.Delete(home.ConfigPath + ".bak");

        var (exitCode, report) = await home.DoctorAsync("--fix", "--yes");

        Assert.Equal(1, exitCode);
        Assert.False(report.Finding("config.syntax").GetProperty("fixable").GetBoolean());
        Assert.Equal(Broken, await File.ReadAllTextAsync(home.ConfigPath));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Fix_FilesThatOthersCanRead_AreTakenFromThem()
    {
        using var home = await DoctorHome.HealthyAsync();
        const UnixFileMode everybody = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        File.SetUnixFileMode(home.ConfigPath, everybody);
        var keys = Path.Combine(home.State, "agents", "main", "agent", "auth-profiles.json");
        Directory.CreateDirectory(Path.GetDirectoryName(keys)!);
        await File.WriteAllTextAsync(keys, """{"version":1,"profiles":{}}""");
        File.SetUnixFileMode(keys, everybody | UnixFileMode.OtherWrite);

        var (before, found) = await home.DoctorAsync();
        var (after, _) = await home.DoctorAsync("--fix");

        Assert.Equal(1, before);
        Assert.Equal(["fs.auth_profiles.perms_writable", "fs.config.perms_world_readable"], found.Ids("error").Order());
        Assert.Equal(0, after);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(keys));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(home.ConfigPath));
    }

    [Fact]
    public async Task Fix_LockOfAProcessThatIsGone_IsRemoved()
    {
        using var home = await DoctorHome.HealthyAsync();
        using var gone = Process.Start(new ProcessStartInfo("/bin/true"))!;
        await gone.WaitForExitAsync();
        var path = WriteLock(home, gone.Id);

        var (_, found) = await home.DoctorAsync();
        await home.DoctorAsync("--fix");

        Assert.Contains("lock.stale", found.Ids("info"));
        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task Fix_LockOfAProcessThatRuns_StaysAndTheSilenceIsAnError()
    {
        using var home = await DoctorHome.HealthyAsync();
        var path = WriteLock(home, Environment.ProcessId);

        var (exitCode, report) = await home.DoctorAsync("--fix", "--yes");

        Assert.Equal(1, exitCode);
        Assert.Equal(["gateway.not_answering"], report.Problems());
        Assert.True(File.Exists(path));
    }

    [Fact]
    public async Task Fix_SessionsWhereAnOldVersionKeptThem_AreMoved()
    {
        using var home = await DoctorHome.HealthyAsync();
        Directory.CreateDirectory(Path.Combine(home.State, "sessions"));
        await File.WriteAllTextAsync(Path.Combine(home.State, "sessions", "a.jsonl"), "{}\n");

        var (exitCode, _) = await home.DoctorAsync("--fix");

        Assert.Equal(0, exitCode);
        Assert.Equal("{}\n", await File.ReadAllTextAsync(Path.Combine(home.State, "agents", "main", "sessions", "a.jsonl")));
    }

    [Fact]
    public async Task Fix_SessionsInBothPlaces_AreLeftToAPerson()
    {
        using var home = await DoctorHome.HealthyAsync();
        foreach (var directory in (string[])[Path.Combine(home.State, "sessions"), Path.Combine(home.State, "agents", "main", "sessions")])
        {
            Directory.CreateDirectory(directory);
            await File.WriteAllTextAsync(Path.Combine(directory, "a.jsonl"), directory);
        }

        var (exitCode, report) = await home.DoctorAsync("--fix", "--yes");

        Assert.Equal(1, exitCode);
        Assert.Equal(["state.old_layout"], report.Problems());
        Assert.True(File.Exists(Path.Combine(home.State, "sessions", "a.jsonl")));
    }

    private const string Broken = "{\n  \"gateway\": ]\n";

    private static async Task<CliHome> BrokenAsync()
    {
        var home = await DoctorHome.HealthyAsync();
        await home.RunAsync("config", "set", "gateway.reload.mode", "hybrid");
        File.WriteAllText(home.ConfigPath, Broken);
        return home;
    }

    private static string WriteLock(CliHome home, int pid)
    {
        var environment = home.Environment();
        var path = OpenClaw.Gateway.Core.Processes.GatewayLock.PathFor(environment);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, $$"""{"pid":{{pid}},"createdAt":"{{DateTime.UtcNow:O}}","configPath":"{{home.ConfigPath}}"}""");
        return path;
    }
}
