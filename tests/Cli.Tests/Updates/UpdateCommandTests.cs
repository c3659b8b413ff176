using System.Formats.Tar;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using OpenClaw.Cli.Startup;
using OpenClaw.Cli.Tests.Support;
using OpenClaw.Cli.Updates;

namespace OpenClaw.Cli.Tests.Updates;

/// <summary><c>openclaw update</c> with a feed in a directory and over HTTP.</summary>
public sealed class UpdateCommandTests : IDisposable
{
    private readonly CliHome _home = new();
    private readonly InstallLayout _layout;

    public UpdateCommandTests()
    {
        _home.WriteConfig();
        _layout = new InstallLayout(Path.Combine(_home.Path, "share"));
        Directory.CreateDirectory(_layout.DirectoryOf("1.0.0"));
        Directory.CreateDirectory(Feed);
        File.WriteAllText(InstallLayout.ProgramIn(_layout.DirectoryOf("1.0.0")), "");
        _layout.Point(_layout.Current, "1.0.0");
        _home.Host = _home.Host with { ProgramPath = InstallLayout.ProgramIn(_layout.DirectoryOf("1.0.0")) };
    }

    private string Feed => Path.Combine(_home.Path, "feed");

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task WithoutInstallSh_SaysHowElse()
    {
        _home.Host = _home.Host with { ProgramPath = "/usr/lib/openclaw/openclaw" };

        var result = await _home.RunAsync("update", "--feed", Feed);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("was not installed by install.sh", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutAFeed_SaysHowToNameOne()
    {
        var result = await _home.RunAsync("update");

        Assert.Equal(1, result.ExitCode);
        Assert.Equal("Update failed: there is no feed: name one with --feed or OPENCLAW_UPDATE_FEED\n", result.Error);
    }

    [Fact]
    public async Task AFeedOfAnotherMachineWithoutEncryption_IsRefused_AndItsPasswordNotShown()
    {
        var result = await _home.RunAsync("update", "--feed", "http://me:hush@feed.invalid/openclaw");

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("Update failed: http://feed.invalid/openclaw/openclaw-", result.Error, StringComparison.Ordinal);
        Assert.EndsWith("is not encrypted: a feed of another machine needs https://\n", result.Error, StringComparison.Ordinal);
        Assert.Equal("1.0.0", _layout.CurrentName);
    }

    [Theory]
    [InlineData("--timeout", "0", "--timeout must be a positive integer (seconds)")]
    [InlineData("--timeout", "soon", "--timeout must be a positive integer (seconds)")]
    [InlineData("--channel", "nightly", "--channel must be \"stable\", \"beta\", or \"dev\"")]
    [InlineData("--tag", "../1", "Invalid --tag \"../1\" (use a version, latest, beta or dev).")]
    public async Task AWrongFlag_IsNamed(string flag, string value, string error)
    {
        var result = await _home.RunAsync("update", flag, value, "--feed", Feed);

        Assert.Equal((1, error + "\n"), (result.ExitCode, result.Error));
    }

    [Theory]
    [InlineData("{ torn", "the feed's file is no JSON")]
    [InlineData("[]", "the feed's file lacks version, file, sha256 or size")]
    [InlineData("""{"version":"../..","file":"a","sha256":"00","size":1}""", "the feed's version is none")]
    [InlineData("""{"version":"2.0","file":"../../etc/passwd","sha256":"00","size":1}""", "the feed's file name is none")]
    [InlineData("""{"version":"2.0","file":"a.tar.gz","sha256":"00","size":1}""", "the feed's hash is none")]
    [InlineData("""{"version":"2.0","file":"a.tar.gz","sha256":"0000000000000000000000000000000000000000000000000000000000000000","size":-1}""", "the feed's size is none")]
    public async Task AFeedThatIsBroken_IsNotFollowed(string manifest, string problem)
    {
        await File.WriteAllTextAsync(Manifest(), manifest);

        var result = await _home.RunAsync("update", "--feed", Feed);

        Assert.Equal(1, result.ExitCode);
        Assert.EndsWith(problem + "\n", result.Error, StringComparison.Ordinal);
        Assert.Equal("1.0.0", _layout.CurrentName);
    }

    [Theory]
    [InlineData(true, "its hash differs")]
    [InlineData(false, "its size differs")]
    public async Task AnArchiveThatIsNotTheOneNamed_IsNotUnpacked(bool sameSize, string problem)
    {
        await PublishAsync("9999.1.0", Package("9999.1.0"), tamper: archive => sameSize ? [.. archive[..^1], (byte)(archive[^1] ^ 1)] : [.. archive, 0]);

        var result = await _home.RunAsync("update", "--feed", Feed, "--json");

        var end = JsonDocument.Parse(result.Out).RootElement;
        Assert.Equal("error", end.GetProperty("status").GetString());
        Assert.EndsWith(problem, end.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal("1.0.0", _layout.CurrentName);
    }

    [Fact]
    public async Task AProgramThatDoesNotRun_IsNotSwitchedTo()
    {
        await PublishAsync("9999.1.0", Package("9999.1.0"));

        var result = await _home.RunAsync("update", "--feed", Feed);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("the new version does not work here: ", result.Error, StringComparison.Ordinal);
        Assert.Equal("1.0.0", _layout.CurrentName);
        Assert.Equal(["1.0.0"], Directory.GetDirectories(_layout.Versions).Select(Path.GetFileName));
    }

    [Fact]
    public async Task AnOlderVersion_NeedsYes()
    {
        await PublishAsync("1.5.0", Package("1.5.0"));

        var result = await _home.RunAsync("update", "--feed", Feed);

        Assert.Equal(0, result.ExitCode);
        Assert.Contains($"1.5.0 is older than {ProductVersion.Number}; --yes installs it all the same", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheOneInUse_IsNotInstalledAgain()
    {
        var archive = Package("9999.1.0");
        await PublishAsync("9999.1.0", archive);
        await File.WriteAllTextAsync(Path.Combine(_layout.Current, "archive.sha256"), Convert.ToHexStringLower(SHA256.HashData(archive)) + "\n");

        Assert.Contains("is the newest one", (await _home.RunAsync("update", "--feed", Feed)).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_TellsWhatThereIs_OverHttpToo()
    {
        await using var feed = new FakeApi(200, """{"version":"9999.2.0","file":"a.tar.gz","sha256":"0000000000000000000000000000000000000000000000000000000000000000","size":5}""");

        var result = await _home.RunAsync("update", "status", "--feed", feed.Address, "--channel", "beta", "--json");

        var status = JsonDocument.Parse(result.Out).RootElement;
        Assert.Equal("9999.2.0", status.GetProperty("update").GetProperty("latest").GetString());
        Assert.True(status.GetProperty("availability").GetProperty("available").GetBoolean());
        Assert.StartsWith($"GET /beta/openclaw-{RuntimeInformation.RuntimeIdentifier}.json ", Assert.Single(feed.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_WithAFeedThatIsGone_SaysSo()
    {
        await using var feed = new FakeApi(404);

        var result = await _home.RunAsync("update", "status", "--feed", feed.Address);

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("answers with HTTP 404", result.Out, StringComparison.Ordinal);
    }

    /// <summary>The program of these tests is a version that works: it tells its number, and its gateway comes up with a copy of the configuration.</summary>
    [Fact]
    public async Task Probe_OfAVersionThatWorks_FindsNothing_AndLeavesTheInstanceAlone()
    {
        var before = Directory.GetFileSystemEntries(_home.State).Order().ToArray();
        var environment = _home.Environment();
        var snapshot = await new OpenClaw.Gateway.Core.Configuration.ConfigLoader(environment).LoadAsync();
        var probe = new VersionProbe(environment, snapshot, TimeProvider.System);

        Assert.Null(await probe.ProblemOfAsync(AppContext.BaseDirectory, ProductVersion.Number, CancellationToken.None));
        Assert.Equal($"it says that it is version {ProductVersion.Number}, and not 9999.0.0", await probe.ProblemOfAsync(AppContext.BaseDirectory, "9999.0.0", CancellationToken.None));
        Assert.Equal(before, Directory.GetFileSystemEntries(_home.State).Order());
    }

    [Fact]
    public void AService_RunsWhateverIsInUse() =>
        Assert.Equal([Path.Combine(_layout.Root, "current", "openclaw")], OpenClaw.Cli.Services.ServiceProgram.Locate(_home.Host).Command);

    private string Manifest() => Path.Combine(Feed, $"openclaw-{RuntimeInformation.RuntimeIdentifier}.json");

    private async Task PublishAsync(string version, byte[] archive, Func<byte[], byte[]>? tamper = null)
    {
        await File.WriteAllBytesAsync(Path.Combine(Feed, "archive.tar.gz"), tamper is null ? archive : tamper(archive));
        await File.WriteAllTextAsync(Manifest(), $$"""{"version":"{{version}}","file":"archive.tar.gz","sha256":"{{Convert.ToHexStringLower(SHA256.HashData(archive))}}","size":{{archive.Length}}}""");
    }

    private static byte[] Package(string version)
    {
        using var bytes = new MemoryStream();
        using (var packed = new GZipStream(bytes, CompressionLevel.Fastest))
        using (var writer = new TarWriter(packed))
            writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, $"openclaw-{version}-x/openclaw") { DataStream = new MemoryStream([1, 2, 3]) });
        return bytes.ToArray();
    }
}
