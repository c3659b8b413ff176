using System.Runtime.Versioning;
using System.Text.Json;
using OpenClaw.Cli.Tests.Support;
using OpenClaw.Gateway.Bus.Journal;
using OpenClaw.Testing;

namespace OpenClaw.Cli.Tests.Commands.Backup;

public sealed class BackupTests : IDisposable
{
    private readonly CliHome _home = new();
    private readonly TempDirectory _elsewhere = new();

    private string Archive => _elsewhere["backup.tar.gz"];

    private string Target => _elsewhere["restored"];

    public void Dispose()
    {
        _home.Dispose();
        _elsewhere.Dispose();
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task CreateAndRestore_BringsBackEveryFileForItsOwnerAlone()
    {
        _home.WriteConfig();
        Write("agents/main/sessions/sessions.json", "{}");
        Write("agents/main/sessions/s-1.jsonl", "line 1\nline 2\n");
        Write("credentials/telegram-pairing.json", "{\"version\":1}");
        Write("workspace/ä ö/with a blank.md", "# notes");
        Write("workspace/Cargo.lock", "an agent's own");
        Write("workspace/run.sh", "#!/bin/sh\n");
        File.SetUnixFileMode(Path.Combine(_home.State, "workspace", "run.sh"), (UnixFileMode)0b111_101_101);
        Write("agents/main/sessions/sessions.json.lock", "a lock");
        Write("agents/main/sessions/sessions.json.1.tmp", "half");

        var created = await _home.RunAsync("backup", "create", "--output", Archive, "--verify");
        var restored = await _home.RunAsync("backup", "restore", Archive, "--into", Target);

        Assert.Equal((0, ""), (created.ExitCode, created.Error));
        Assert.Equal((0, ""), (restored.ExitCode, restored.Error));
        Assert.Equal(
            ["agents/main/sessions/s-1.jsonl", "agents/main/sessions/sessions.json", "credentials/telegram-pairing.json", "openclaw.json", "workspace/Cargo.lock", "workspace/run.sh", "workspace/ä ö/with a blank.md"],
            Files(Target));
        Assert.All(Files(Target), file => Assert.Equal(File.ReadAllBytes(Path.Combine(_home.State, file)), File.ReadAllBytes(Path.Combine(Target, file))));
        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(owner, File.GetUnixFileMode(Archive));
        Assert.Equal(owner | UnixFileMode.UserExecute, File.GetUnixFileMode(Target));
        Assert.Equal(owner, File.GetUnixFileMode(Path.Combine(Target, "openclaw.json")));
        Assert.Equal(owner | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(Target, "workspace", "run.sh")));
        Assert.Equal([Archive, Target], Directory.EnumerateFileSystemEntries(_elsewhere.Path).Order());
    }

    [Fact]
    public async Task Create_ThingsOutsideTheState_ComeAlongOrAreNamed()
    {
        var workspace = _elsewhere["my-agent"];
        Directory.CreateDirectory(workspace);
        await File.WriteAllTextAsync(Path.Combine(workspace, "SOUL.md"), "me");
        _home.Variables["OPENCLAW_CONFIG_PATH"] = _elsewhere["etc", "my.json"];
        Directory.CreateDirectory(_elsewhere["etc"]);
        await File.WriteAllTextAsync(_elsewhere["etc", "my.json"], JsonSerializer.Serialize(new { gateway = new { mode = "local" }, agents = new { defaults = new { workspace } } }));
        Directory.CreateDirectory(_home.State);
        Directory.CreateSymbolicLink(Path.Combine(_home.State, "linked"), workspace);

        var created = await _home.RunAsync("backup", "create", "-o", Archive);
        await _home.RunAsync("backup", "restore", Archive, "--into", Target);

        Assert.Equal("Warning: Not in the backup: $OPENCLAW_HOME/.openclaw/linked (a link to a directory)\n", created.Error);
        Assert.Equal(["openclaw.json", "workspaces/default/SOUL.md"], Files(Target));
    }

    [Fact]
    public async Task Create_NamesThatCannotBeRestored_AreNamedAndTheRestIsKept()
    {
        if (OperatingSystem.IsWindows())
            return; // Its file systems have no such names.
        _home.WriteConfig();
        Write("workspace/back\\slash", "kept");
        Write("workspace/line\nfeed", "lost");
        File.CreateSymbolicLink(Path.Combine(_home.State, "loop"), "loop");

        var created = await _home.RunAsync("backup", "create", "--output", Archive, "--verify");
        var restored = await _home.RunAsync("backup", "restore", Archive, "--into", Target);

        Assert.Equal((0, 0), (created.ExitCode, restored.ExitCode));
        Assert.Contains("/loop (a link that leads to itself)\n", created.Error, StringComparison.Ordinal);
        Assert.Contains("feed (its name cannot be kept: a control character)\n", created.Error, StringComparison.Ordinal);
        Assert.Equal(["openclaw.json", "workspace/back\\slash"], Files(Target));
    }

    [Fact]
    public async Task Create_ConfigurationAndCredentialsElsewhere_AreTakenInsteadOfWhatLiesInTheirOldPlaces()
    {
        _home.WriteConfig();
        Write("credentials/telegram-pairing.json", "old");
        _home.Variables["OPENCLAW_CONFIG_PATH"] = _elsewhere["etc", "my.json"];
        _home.Variables["OPENCLAW_OAUTH_DIR"] = _elsewhere["etc", "oauth"];
        Directory.CreateDirectory(_elsewhere["etc", "oauth"]);
        await File.WriteAllTextAsync(_elsewhere["etc", "my.json"], "{ gateway: { mode: 'local', port: 4711 } }");
        await File.WriteAllTextAsync(_elsewhere["etc", "oauth", "telegram-pairing.json"], "new");

        var created = await _home.RunAsync("backup", "create", "--output", Archive, "--verify");
        var restored = await _home.RunAsync("backup", "restore", Archive, "--into", Target);

        Assert.Equal((0, 0), (created.ExitCode, restored.ExitCode));
        Assert.Equal(2, created.Error.Split("(another file, which is in use, has its place)").Length - 1);
        Assert.Contains("4711", await File.ReadAllTextAsync(Path.Combine(Target, "openclaw.json")), StringComparison.Ordinal);
        Assert.Equal("new", await File.ReadAllTextAsync(Path.Combine(Target, "credentials", "telegram-pairing.json")));
    }

    [Fact]
    public async Task Create_NoIncludeWorkspace_LeavesTheAgentsFilesOut()
    {
        _home.WriteConfig();
        Write("workspace/SOUL.md", "me");

        await _home.RunAsync("backup", "create", "--output", Archive, "--no-include-workspace");
        await _home.RunAsync("backup", "restore", Archive, "--into", Target);

        Assert.Equal(["openclaw.json"], Files(Target));
    }

    [Fact]
    public async Task Create_NoOutput_IsADatedFileInTheDirectoryNamed()
    {
        _home.WriteConfig();

        var result = await _home.RunAsync("backup", "create", "--json", "--output", _elsewhere.Path);

        using var report = JsonDocument.Parse(result.Out);
        Assert.Matches(@"/openclaw-backup-\d{8}-\d{6}\.tar\.gz$", report.RootElement.GetProperty("path").GetString());
        Assert.Equal(1, report.RootElement.GetProperty("files").GetInt32());
        Assert.False(report.RootElement.GetProperty("verified").GetBoolean());
    }

    [Fact]
    public async Task Create_Refusals_ChangeNothing()
    {
        Assert.Equal((1, "Error: there is nothing to back up: $OPENCLAW_HOME/.openclaw does not exist.\n"), await FailAsync("backup", "create", "--output", Archive));
        _home.WriteConfig();
        await File.WriteAllTextAsync(Archive, "mine");
        Assert.Equal((1, $"Error: {Archive} exists; nothing was changed.\n"), await FailAsync("backup", "create", "--output", Archive));
        var inside = Path.Combine(_home.State, "b.tar.gz");
        Assert.StartsWith("Error: the backup would lie in what it holds", (await FailAsync("backup", "create", "--output", inside)).Error, StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(Archive));
        Assert.Equal([Archive], Directory.EnumerateFileSystemEntries(_elsewhere.Path));
    }

    [Fact]
    public async Task Restore_IntoADirectoryWithFiles_NeedsForceAndKeepsThem()
    {
        _home.WriteConfig();
        await _home.RunAsync("backup", "create", "--output", Archive);
        Directory.CreateDirectory(Target);
        await File.WriteAllTextAsync(Path.Combine(Target, "mine.txt"), "mine");

        var refused = await FailAsync("backup", "restore", Archive, "--into", Target);
        var forced = await _home.RunAsync("backup", "restore", Archive, "--into", Target, "--force");

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("is not empty", refused.Error, StringComparison.Ordinal);
        Assert.Equal(0, forced.ExitCode);
        Assert.Equal(["openclaw.json"], Files(Target));
        var former = Directory.EnumerateDirectories(_elsewhere.Path, "restored.before-restore-*").Single();
        Assert.Equal("mine", await File.ReadAllTextAsync(Path.Combine(former, "mine.txt")));
    }

    [Fact]
    public async Task Restore_WhereAGatewayWorks_IsRefused()
    {
        _home.WriteConfig();
        await _home.RunAsync("backup", "create", "--output", Archive);
        Directory.CreateDirectory(Path.Combine(Target, "queue"));
        await using var held = new FileStream(Path.Combine(Target, "queue", "lock"), FileMode.Create, FileAccess.ReadWrite, FileShare.None);

        var refused = await FailAsync("backup", "restore", Archive, "--into", Target, "--force");

        Assert.Equal((1, $"Error: a gateway works in {Target}. Stop it first.\n"), refused);
        Assert.Equal(["queue/lock"], Files(Target));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("~")]
    public async Task Restore_OntoRootOrHome_IsRefused(string target)
    {
        _home.WriteConfig();
        await _home.RunAsync("backup", "create", "--output", Archive);

        var refused = await FailAsync("backup", "restore", Archive, "--into", target, "--force");

        Assert.Equal(1, refused.ExitCode);
        Assert.EndsWith("is no directory for a state.\n", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restore_WithoutQueue_ForgetsWhatWaited()
    {
        _home.WriteConfig();
        var bus = Path.Combine(_home.State, "queue");
        Directory.CreateDirectory(Path.Combine(bus, "queues"));
        await File.WriteAllTextAsync(Path.Combine(bus, "fencing"), "2000\n");

        await _home.RunAsync("backup", "create", "--output", Archive);
        await _home.RunAsync("backup", "restore", Archive, "--into", Target, "--without-queue");

        Assert.Equal(["openclaw.json"], Files(Target));
        Assert.Empty(QueueSnapshot.Queues(bus));
    }

    [Theory]
    [InlineData("verify")]
    [InlineData("restore")]
    public async Task ReadABackup_CutOffOrChangedAnywhere_IsRefusedAndLeavesNothing(string verb)
    {
        _home.WriteConfig();
        Write("agents/main/sessions/s.jsonl", string.Concat(Enumerable.Range(0, 2000).Select(static i => $"{{\"line\":{i * 7919 % 104729}}}\n")));
        await _home.RunAsync("backup", "create", "--output", Archive);
        var whole = await File.ReadAllBytesAsync(Archive);
        string[] command = verb == "verify" ? ["backup", "verify", Archive] : ["backup", "restore", Archive, "--into", Target];

        for (var part = 0; part < 8; part++)
        {
            var at = whole.Length * part / 8;
            await File.WriteAllBytesAsync(Archive, whole[..at]);
            Assert.Equal(1, (await FailAsync(command)).ExitCode);
            // Behind the header, of which gzip checks little.
            var changed = whole.ToArray();
            changed[Math.Max(at, 24)] ^= 0x55;
            await File.WriteAllBytesAsync(Archive, changed);
            Assert.Equal(1, (await FailAsync(command)).ExitCode);
            Assert.Equal([Archive], Directory.EnumerateFileSystemEntries(_elsewhere.Path));
        }
        await File.WriteAllBytesAsync(Archive, whole);
        Assert.Equal(0, (await _home.RunAsync(command)).ExitCode);
    }

    [Theory]
    [InlineData("backup", "error: missing")]
    [InlineData("backup verify", "error: missing required argument 'file'\n")]
    [InlineData("backup verify /nowhere.tar.gz", "Error: /nowhere.tar.gz cannot be restored: ")]
    [InlineData("backup restore /nowhere.tar.gz", "Error: no such file: /nowhere.tar.gz\n")]
    [InlineData("backup create extra", "error: too many arguments")]
    public async Task Backup_WrongWords_AreRefused(string line, string error)
    {
        var result = await _home.RunAsync(line.Split(' '));

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith(line == "backup" ? "" : error, result.Error, StringComparison.Ordinal);
    }

    private async Task<(int ExitCode, string Error)> FailAsync(params string[] command)
    {
        var result = await _home.RunAsync(command);
        Assert.Equal("", result.Out);
        return (result.ExitCode, result.Error);
    }

    private void Write(string name, string content)
    {
        var path = Path.Combine(_home.State, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }

    private static IEnumerable<string> Files(string directory) =>
        Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(directory, path)).Order(StringComparer.Ordinal);
}
