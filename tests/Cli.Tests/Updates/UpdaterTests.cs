using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using OpenClaw.Cli.Updates;
using OpenClaw.Testing;

namespace OpenClaw.Cli.Tests.Updates;

/// <summary>An update put through, refused, taken back, and cut short at each of its steps.</summary>
public sealed partial class UpdaterTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly InstallLayout _layout;

    public UpdaterTests()
    {
        _layout = new InstallLayout(_directory["share"]);
        Install("1.0.0");
        _layout.Point(_layout.Current, "1.0.0");
    }

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task ANewVersion_IsInUse_AndTheOneBeforeIsKept()
    {
        var result = await UpdateAsync("2.0.0");

        Assert.Equal(("ok", "2.0.0"), (result.Status, result.After));
        Assert.Equal(["download", "unpack", "probe", "install", "switch"], result.Steps.Select(static step => step.Name));
        Assert.Equal(("2.0.0", "1.0.0"), (_layout.CurrentName, _layout.PreviousName));
        Assert.Equal("program 2.0.0", await File.ReadAllTextAsync(InstallLayout.ProgramIn(_layout.Current)));
        Assert.Empty(Leftovers());
    }

    [Fact]
    public async Task OldVersions_AreRemovedButOne()
    {
        await UpdateAsync("2.0.0");
        await UpdateAsync("3.0.0");

        Assert.Equal(["2.0.0", "3.0.0"], Directory.GetDirectories(_layout.Versions).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task OldVersionsThatCannotBeRemoved_DoNotMakeAFailureOfAnUpdateThatIsInUse()
    {
        var gateway = new Gateway(_layout, null, null);

        var result = await UpdateAsync("2.0.0", gateway: gateway, onStep: name =>
        {
            if (name == "health")
                Directory.Move(_layout.Versions, _directory["gone"]);
            return Task.CompletedTask;
        });

        Assert.Equal(("ok", "2.0.0"), (result.Status, result.After));
        Assert.Equal("tidy", result.Steps[^1].Name);
        Assert.NotNull(result.Steps[^1].Problem);
    }

    [Fact]
    public async Task AVersionThatDoesNotWork_IsNotSwitchedTo()
    {
        var result = await UpdateAsync("2.0.0", probe: new Probe("it ends with 139"));

        Assert.Equal(("error", "the new version does not work here: it ends with 139"), (result.Status, result.Reason));
        Assert.Equal("1.0.0", _layout.CurrentName);
        Assert.False(Directory.Exists(_layout.DirectoryOf("2.0.0")));
        Assert.Empty(Leftovers());
    }

    [LinuxFact]
    public async Task AVersionThatAProgramRunsFrom_IsKept()
    {
        Install("0.9.0");
        File.Copy("/bin/cat", InstallLayout.ProgramIn(_layout.DirectoryOf("0.9.0")), overwrite: true);
        using var process = Process.Start(new ProcessStartInfo(InstallLayout.ProgramIn(_layout.DirectoryOf("0.9.0"))) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        try
        {
            await UpdateAsync("2.0.0");
            Assert.Equal(["0.9.0", "1.0.0", "2.0.0"], Directory.GetDirectories(_layout.Versions).Select(Path.GetFileName).Order());
        }
        finally
        {
            process.StandardInput.Close();
            await process.WaitForExitAsync().WithTimeout();
        }
        await UpdateAsync("3.0.0");
        Assert.Equal(["2.0.0", "3.0.0"], Directory.GetDirectories(_layout.Versions).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task AGatewayThatComesUp_IsAskedForTheNewVersion()
    {
        var gateway = new Gateway(_layout, null, null);

        Assert.Equal("ok", (await UpdateAsync("2.0.0", gateway: gateway)).Status);
        Assert.Equal(["2.0.0"], gateway.StartedWith);
    }

    /// <summary>Nothing behind the interruption runs: as after kill -9.</summary>
    [Theory]
    [InlineData("download", "1.0.0")]
    [InlineData("unpack", "1.0.0")]
    [InlineData("probe", "1.0.0")]
    [InlineData("install", "1.0.0")]
    [InlineData("switch", "1.0.0")]
    [InlineData("restart", "2.0.0")]
    [InlineData("health", "2.0.0")]
    [InlineData("rollback", "2.0.0")]
    public async Task CutShort_LeavesAVersionThatWorks_AndTheNextUpdateWorks(string step, string inUse)
    {
        var gateway = new Gateway(_layout, null, step == "rollback" ? "silent" : null);

        await Assert.ThrowsAsync<KilledException>(() => UpdateAsync("2.0.0", gateway: gateway, onStep: name => name == step ? throw new KilledException() : Task.CompletedTask));

        Assert.Equal(inUse, _layout.CurrentName);
        Assert.Equal("program " + inUse, await File.ReadAllTextAsync(InstallLayout.ProgramIn(_layout.Current)));
        Assert.Equal("ok", (await UpdateAsync("3.0.0")).Status);
        Assert.Equal("3.0.0", _layout.CurrentName);
        Assert.Empty(Leftovers());
    }

    [Fact]
    public async Task ASecondUpdateMeanwhile_IsRefused()
    {
        UpdateResult? second = null;

        await UpdateAsync("2.0.0", onStep: async name => second ??= name == "probe" ? await UpdateAsync("3.0.0") : null);

        Assert.Equal("another update is at work", second!.Reason);
        Assert.Equal("2.0.0", _layout.CurrentName);
    }

    [Fact]
    public async Task TheSameNumberWithOtherContent_GetsAPlaceOfItsOwn()
    {
        await UpdateAsync("2.0.0");
        var before = _layout.CurrentName;

        await UpdateAsync("2.0.0", content: "rebuilt");

        Assert.StartsWith("2.0.0-", _layout.CurrentName, StringComparison.Ordinal);
        Assert.Equal("program 2.0.0", await File.ReadAllTextAsync(InstallLayout.ProgramIn(_layout.DirectoryOf(before!))));
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("/outside")]
    [InlineData("openclaw-x/../../outside")]
    [InlineData("other/file")]
    public async Task AnArchiveThatReachesOutside_IsRefused(string name)
    {
        var archive = Archive(writer => writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream([1]) }));

        var result = await UpdateAsync("2.0.0", archive: archive);

        Assert.Equal("the archive has files outside of its directory", result.Reason);
        Assert.Equal("1.0.0", _layout.CurrentName);
        Assert.False(File.Exists(_directory["outside"]));
        Assert.Empty(Leftovers());
    }

    [Fact]
    public async Task AnArchiveWithALink_IsRefused()
    {
        var archive = Archive(static writer => writer.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, "openclaw-x/openclaw") { LinkName = "/bin/sh" }));

        Assert.StartsWith("the archive holds something other than files and directories", (await UpdateAsync("2.0.0", archive: archive)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnArchiveThatIsNone_IsRefused()
    {
        Assert.StartsWith("the archive is broken", (await UpdateAsync("2.0.0", archive: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])).Reason, StringComparison.Ordinal);
        Assert.Equal("the archive holds no OpenClaw", (await UpdateAsync("2.0.0", archive: Archive(static writer => writer.WriteEntry(new PaxTarEntry(TarEntryType.Directory, "openclaw-x"))))).Reason);
    }

    [Theory]
    [InlineData("2026.11.0", "2026.11.0", 0)]
    [InlineData("2026.11", "2026.11.0", 0)]
    [InlineData("2026.11.10", "2026.11.9", 1)]
    [InlineData("2026.2.9", "2026.11.0", -1)]
    [InlineData("2026.11.0-beta.1", "2026.11.0", -1)]
    [InlineData("2026.11.0-beta.2", "2026.11.0-beta.10", -1)]
    public void Versions_AreOrderedByTheirNumbers(string one, string other, int order) => Assert.Equal(order, Math.Sign(VersionOrder.Compare(one, other)));

    private Task<UpdateResult> UpdateAsync(
        string version, Probe? probe = null, Gateway? gateway = null, Func<string, Task>? onStep = null, string? content = null, byte[]? archive = null)
    {
        archive ??= Archive(writer => writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, $"openclaw-{version}-x/openclaw")
        {
            DataStream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(content ?? "program " + version)),
        }));
        var manifest = new UpdateManifest(version, "archive.tar.gz", Convert.ToHexStringLower(SHA256.HashData(archive)), archive.Length);
        return Updater(probe, gateway, onStep).RunAsync("1.0.0", manifest, (path, cancellation) => File.WriteAllBytesAsync(path, archive, cancellation), CancellationToken.None);
    }

    private Updater Updater(Probe? probe = null, Gateway? gateway = null, Func<string, Task>? onStep = null) =>
        new(_layout, probe ?? new Probe(null), gateway, TimeProvider.System, onStep ?? (static _ => Task.CompletedTask));

    private static byte[] Archive(Action<TarWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var packed = new GZipStream(bytes, CompressionLevel.Fastest))
        using (var writer = new TarWriter(packed))
            write(writer);
        return bytes.ToArray();
    }

    private void Install(string version)
    {
        Directory.CreateDirectory(_layout.DirectoryOf(version));
        File.WriteAllText(InstallLayout.ProgramIn(_layout.DirectoryOf(version)), "program " + version);
    }

    private string[] Leftovers() => [.. Directory.GetFileSystemEntries(_layout.Root).Select(static path => Path.GetFileName(path)!).Except(["versions", "current", "previous", "update.lock"])];

    private sealed class KilledException : Exception;

    private sealed class Probe(string? problem) : IVersionProbe
    {
        public Task<string?> ProblemOfAsync(string directory, string version, CancellationToken cancellation) => Task.FromResult(problem);
    }

    private sealed class Gateway(InstallLayout layout, string? restart, string? health) : IUpdatedGateway
    {
        public List<string?> StartedWith { get; } = [];

        /// <summary>It answers with no version, not only not with the new one.</summary>
        public bool IsDead { get; init; }

        public Task<string?> RestartAsync()
        {
            StartedWith.Add(layout.CurrentName);
            return Task.FromResult(StartedWith.Count == 1 ? restart : null);
        }

        public Task<string?> ProblemOfAsync(string? version) => Task.FromResult(version is null && !IsDead ? null : health);
    }
}
