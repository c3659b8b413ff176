using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using OpenClaw.Cli.Commands.Backup;
using OpenClaw.Cli.Tests.Support;
using OpenClaw.Testing;

namespace OpenClaw.Cli.Tests.Commands.Backup;

/// <summary>Archives that somebody made who means harm. Nothing of them reaches the directory, and nothing outside of it.</summary>
public sealed class HostileArchiveTests : IDisposable
{
    private readonly CliHome _home = new();
    private readonly TempDirectory _elsewhere = new();

    private string Archive => _elsewhere["backup.tar.gz"];

    private string Target => _elsewhere["deep", "restored"];

    public void Dispose()
    {
        _home.Dispose();
        _elsewhere.Dispose();
    }

    [Theory]
    [InlineData("../evil")]
    [InlineData("state/../../evil")]
    [InlineData("state/a/../../../evil")]
    [InlineData("/tmp/openclaw-test-evil")]
    [InlineData("state//evil")]
    [InlineData("state/./evil")]
    [InlineData("state/a\nb")]
    [InlineData("other/evil")]
    [InlineData("evil")]
    public async Task Restore_NameThatLeadsElsewhere_IsRefused(string name)
    {
        Write(archive => archive.File(name, "evil"));

        await AssertRefusedAsync();
    }

    [Theory]
    [InlineData(TarEntryType.SymbolicLink)]
    [InlineData(TarEntryType.HardLink)]
    public async Task Restore_Link_IsRefused(TarEntryType type)
    {
        Write(archive =>
        {
            archive.Entry(new PaxTarEntry(type, "state/agents") { LinkName = _elsewhere.Path });
            archive.File("state/agents/evil", "evil");
        });

        await AssertRefusedAsync();
    }

    [Theory]
    [InlineData(TarEntryType.CharacterDevice)]
    [InlineData(TarEntryType.BlockDevice)]
    [InlineData(TarEntryType.Fifo)]
    [InlineData(TarEntryType.Directory)]
    public async Task Restore_SomethingElseThanAFile_IsRefused(TarEntryType type)
    {
        Write(archive => archive.Entry(new PaxTarEntry(type, "state/thing")));

        await AssertRefusedAsync();
    }

    [Fact]
    public async Task Restore_OneNameTwice_IsRefused()
    {
        Write(archive =>
        {
            archive.File("state/openclaw.json", "{}");
            archive.File("state/openclaw.json", "{ evil: 1 }", listed: false);
        });

        await AssertRefusedAsync();
    }

    [Fact]
    public async Task Restore_TwoNamesForOnePlace_AreRefused()
    {
        Write(archive =>
        {
            archive.File("state/openclaw.json", "{}");
            archive.File("config/openclaw.json", "{ evil: 1 }");
        });

        await AssertRefusedAsync();
    }

    [Fact]
    public async Task Restore_AFileThatIsAlsoADirectory_IsRefused()
    {
        Write(archive =>
        {
            archive.File("state/a", "file");
            archive.File("state/a/b", "below");
        });

        await AssertRefusedAsync();
    }

    [Fact]
    public async Task Restore_FileThatTheManifestDoesNotKnow_IsRefused()
    {
        Write(archive =>
        {
            archive.File("state/openclaw.json", "{}");
            archive.File("state/.env", "EVIL=1", listed: false);
        });

        await AssertRefusedAsync();
    }

    [Fact]
    public async Task Restore_NoManifest_IsRefused()
    {
        Write(archive => archive.File("state/openclaw.json", "{}"), manifest: false);

        await AssertRefusedAsync();
    }

    [Theory]
    [InlineData("not a gzip file at all")]
    [InlineData("")]
    public async Task Restore_SomethingElse_IsRefused(string content)
    {
        await File.WriteAllTextAsync(Archive, content);

        await AssertRefusedAsync();
    }

    [Fact]
    public async Task Read_MoreBytesThanTheLimit_StopsBeforeTheyAreUnpacked()
    {
        Write(archive => archive.File("state/zeros", new string('\0', 1 << 20)));
        await using var file = File.OpenRead(Archive);
        var received = 0;

        var error = await Assert.ThrowsAsync<InvalidDataException>(() => new BackupReader(new BackupLimits(1000, 10)).ReadAsync(
            file, (_, _, _, _) => Task.FromResult(received++), CancellationToken.None));

        Assert.Equal("It unpacks to more than 1000 bytes.", error.Message);
        Assert.Equal(0, received);
    }

    [Fact]
    public async Task Read_MoreFilesThanTheLimit_Stops()
    {
        Write(archive =>
        {
            for (var i = 0; i < 20; i++)
                archive.File($"state/{i}", "");
        });
        await using var file = File.OpenRead(Archive);

        var error = await Assert.ThrowsAsync<InvalidDataException>(() => new BackupReader(new BackupLimits(1000, 10)).ReadAsync(file, (_, _, _, _) => Task.CompletedTask, CancellationToken.None));

        Assert.Equal("It holds more than 10 files.", error.Message);
    }

    private async Task AssertRefusedAsync()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Target)!);

        var result = await _home.RunAsync("backup", "restore", Archive, "--into", Target);

        Assert.Equal((1, ""), (result.ExitCode, result.Out));
        Assert.StartsWith($"Error: {Archive} was not restored: ", result.Error, StringComparison.Ordinal);
        Assert.Equal([Archive, _elsewhere["deep"]], Directory.EnumerateFileSystemEntries(_elsewhere.Path, "*", SearchOption.AllDirectories).Order());
        Assert.False(File.Exists("/tmp/openclaw-test-evil"));
    }

    private void Write(Action<Maker> fill, bool manifest = true)
    {
        using var file = File.Create(Archive);
        using var compressed = new GZipStream(file, CompressionLevel.Fastest);
        using var tar = new TarWriter(compressed, TarEntryFormat.Pax);
        var maker = new Maker(tar);
        fill(maker);
        if (manifest)
            maker.Manifest();
    }

    private sealed class Maker(TarWriter tar)
    {
        private readonly List<BackupFile> _files = [];

        public void Entry(TarEntry entry) => tar.WriteEntry(entry);

        public void File(string name, string text, bool listed = true)
        {
            var bytes = System.Text.Encoding.UTF8.GetBytes(text);
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(bytes) });
            if (listed)
                _files.Add(new BackupFile(name, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes))));
        }

        public void Manifest() => tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, BackupManifest.Name)
        {
            DataStream = new MemoryStream(new BackupManifest(DateTimeOffset.UnixEpoch, "x", "/s", "/s/openclaw.json", _files).ToBytes()),
        });
    }
}
