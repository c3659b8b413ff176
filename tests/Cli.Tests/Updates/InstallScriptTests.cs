using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using OpenClaw.Testing;

namespace OpenClaw.Cli.Tests.Updates;

/// <summary>eng/install.sh, with an archive whose program is a script of two lines.</summary>
public sealed class InstallScriptTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    private string Share => _directory["prefix", "share", "openclaw"];

    private string Command => _directory["prefix", "bin", "openclaw"];

    [UnixFact]
    public async Task Installs_Again_AnotherVersion_AndUninstalls()
    {
        var one = Package("1.0.0");
        Assert.Equal(0, (await RunAsync("--from", one)).ExitCode);
        Assert.Equal(0, (await RunAsync("--from", one)).ExitCode);
        Assert.Equal("1.0.0", await VersionAsync());
        Assert.Null(new FileInfo(Path.Combine(Share, "previous")).LinkTarget);

        Assert.Equal(0, (await RunAsync("--from", Package("2.0.0"))).ExitCode);
        Assert.Equal("2.0.0", await VersionAsync());
        Assert.Equal("versions/2.0.0", new FileInfo(Path.Combine(Share, "current")).LinkTarget);
        Assert.Equal("versions/1.0.0", new FileInfo(Path.Combine(Share, "previous")).LinkTarget);
        Assert.Equal(["1.0.0", "2.0.0"], Directory.GetDirectories(Path.Combine(Share, "versions")).Select(Path.GetFileName).Order());

        Assert.Equal(0, (await RunAsync("--uninstall")).ExitCode);
        Assert.False(Directory.Exists(Share));
        Assert.False(Path.Exists(Command));
        Assert.Equal(0, (await RunAsync("--uninstall")).ExitCode);
    }

    [UnixFact]
    public async Task AWrongHash_IsRefused_AndTheVersionInUseStays()
    {
        await RunAsync("--from", Package("1.0.0"));
        var two = Package("2.0.0");

        var result = await RunAsync("--from", two, "--sha256", new string('0', 64));

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("the archive is not the one that was meant", result.Error, StringComparison.Ordinal);
        Assert.Equal("1.0.0", await VersionAsync());
        Assert.Equal(["current", "versions"], Directory.GetFileSystemEntries(Share).Select(Path.GetFileName).Order());
    }

    [UnixFact]
    public async Task WithoutAHash_NothingIsInstalled()
    {
        var package = Package("1.0.0");
        File.Delete(package + ".sha256");

        Assert.Contains("give the hash with --sha256", (await RunAsync("--from", package)).Error, StringComparison.Ordinal);
        Assert.False(Path.Exists(Command));
    }

    [UnixFact]
    public async Task AnArchiveWithALinkOrAForeignPath_IsRefused()
    {
        var link = Package("1.0.0", static writer => writer.WriteEntry(new UstarTarEntry(TarEntryType.SymbolicLink, "openclaw-1.0.0-x/lib") { LinkName = "/etc" }));
        var outside = Package("1.1.0", static writer => writer.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, "elsewhere/file") { DataStream = new MemoryStream([1]) }));

        Assert.Contains("something other than files", (await RunAsync("--from", link)).Error, StringComparison.Ordinal);
        Assert.Contains("files outside of its directory", (await RunAsync("--from", outside)).Error, StringComparison.Ordinal);
        Assert.False(Path.Exists(Command));
    }

    [UnixFact]
    public async Task AForeignCommand_IsNotReplaced()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Command)!);
        await File.WriteAllTextAsync(Command, "mine");

        Assert.Contains("is not ours", (await RunAsync("--from", Package("1.0.0"))).Error, StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(Command));
    }

    [UnixFact]
    public async Task WrongWords_AreNamed()
    {
        Assert.Equal(2, (await RunAsync()).ExitCode);
        Assert.Equal(2, (await RunAsync("--from")).ExitCode);
        Assert.Equal(2, (await RunAsync("--sideways")).ExitCode);
        Assert.Equal(1, (await RunAsync("--from", _directory["nothing"])).ExitCode);
    }

    private async Task<string> VersionAsync()
    {
        using var process = Process.Start(new ProcessStartInfo(Command, ["--version"]) { RedirectStandardOutput = true })!;
        var text = await process.StandardOutput.ReadToEndAsync().WithTimeout();
        await process.WaitForExitAsync().WithTimeout();
        return text.Trim();
    }

    private async Task<(int ExitCode, string Error)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("/bin/sh", [Path.Combine(RepositoryRoot.Path, "eng", "install.sh"), "--prefix", _directory["prefix"], .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var printed = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync()).WithTimeout();
        await process.WaitForExitAsync().WithTimeout();
        return (process.ExitCode, printed[1]);
    }

    private string Package(string version, Action<TarWriter>? more = null)
    {
        var path = _directory[$"openclaw-{version}-x.tar.gz"];
        using (var file = File.Create(path))
        using (var packed = new GZipStream(file, CompressionLevel.Fastest))
        using (var writer = new TarWriter(packed, TarEntryFormat.Ustar))
        {
            writer.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, $"openclaw-{version}-x/openclaw")
            {
                DataStream = new MemoryStream(Encoding.ASCII.GetBytes($"#!/bin/sh\necho {version}\n")),
                Mode = (UnixFileMode)0b111_101_101,
            });
            more?.Invoke(writer);
        }
        File.WriteAllText(path + ".sha256", Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))) + "  x\n");
        return path;
    }

    private sealed class UnixFactAttribute : FactAttribute
    {
        public UnixFactAttribute()
        {
            if (OperatingSystem.IsWindows())
                Skip = "The script is for POSIX shells.";
        }
    }
}
