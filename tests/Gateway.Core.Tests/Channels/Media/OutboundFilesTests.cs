using Microsoft.Extensions.Logging.Abstractions;
using OpenClaw.Gateway.Core.Channels.Media;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Channels.Media;

public sealed class OutboundFilesTests : IDisposable
{
    private readonly TempDirectory _home = new();
    private readonly ManualTimeProvider _time = new();
    private readonly MediaDirectories _directories;
    private readonly OutboundFiles _files;

    public OutboundFilesTests()
    {
        _directories = new MediaDirectories(GatewayEnvironment.Create(new EnvironmentInputs
        {
            Variables = new Dictionary<string, string>(),
            UserHomeDirectory = _home.Path,
            CurrentDirectory = _home.Path,
            TempDirectory = _home.Path,
        }));
        _files = new OutboundFiles(_directories, _time);
    }

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task File_IsReadInParts_AndStoredOnce()
    {
        byte[] content = [1, 2, 3, 4, 5];
        var reference = await _files.StoreAsync(content, CancellationToken.None);

        Assert.Equal(reference, await _files.StoreAsync(content, CancellationToken.None));
        Assert.Single(Directory.GetFiles(_directories.Outbound));
        Assert.Equal([3, 4], (await _files.ReadAsync(reference, 2, 2, CancellationToken.None)).ToArray());
        Assert.Equal([5], (await _files.ReadAsync(reference, 4, 2, CancellationToken.None)).ToArray());
        Assert.True((await _files.ReadAsync(reference, 5, 2, CancellationToken.None)).IsEmpty);
    }

    /// <summary>What half a disk left behind is no file to send.</summary>
    [Fact]
    public async Task FileOfAnotherLength_IsStoredAnew()
    {
        var reference = await _files.StoreAsync(new byte[] { 1, 2, 3 }, CancellationToken.None);
        await File.WriteAllBytesAsync(Path.Combine(_directories.Outbound, reference), [1]);

        await _files.StoreAsync(new byte[] { 1, 2, 3 }, CancellationToken.None);

        Assert.Equal([1, 2, 3], (await _files.ReadAsync(reference, 0, 10, CancellationToken.None)).ToArray());
    }

    [Theory]
    [InlineData("../../openclaw.json")]
    [InlineData("/etc/hosts")]
    [InlineData("")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("00000000000000000000000000000000000000000000000000000000000000/.")]
    public async Task NameOfSomethingElse_IsNoFile(string reference)
    {
        await _files.StoreAsync(new byte[] { 1 }, CancellationToken.None);
        await File.WriteAllTextAsync(Path.Combine(_directories.Root, "..", "openclaw.json"), "{}");

        Assert.True((await _files.ReadAsync(reference, 0, 10, CancellationToken.None)).IsEmpty);
    }

    [Fact]
    public async Task OldFiles_AreSweptAway_AndThoseThatAreUsedAgainAreNot()
    {
        var sweep = new MediaSweep(_directories, _time, NullLogger<MediaSweep>.Instance);
        var old = await StoreAsync(1);
        var used = await StoreAsync(2);
        Directory.CreateDirectory(_directories.Inbound);
        var inbound = Path.Combine(_directories.Inbound, "a.jpg");
        var halfWritten = Path.Combine(_directories.Inbound, "b.pdf.123.tmp");
        foreach (var path in (string[])[inbound, halfWritten])
        {
            await File.WriteAllTextAsync(path, "x");
            File.SetLastWriteTimeUtc(path, _time.GetUtcNow().UtcDateTime);
        }

        _time.Advance(MediaDirectories.OutboundAge - TimeSpan.FromMinutes(1));
        await _files.StoreAsync(new byte[] { 2 }, CancellationToken.None);
        _time.Advance(TimeSpan.FromMinutes(2));
        sweep.Sweep();
        Assert.False(File.Exists(old));
        Assert.True(File.Exists(used));
        Assert.True(File.Exists(inbound));

        _time.Advance(MediaDirectories.InboundAge);
        sweep.Sweep();
        Assert.Empty(Directory.GetFiles(_directories.Inbound));
        Assert.Empty(Directory.GetFiles(_directories.Outbound));

        async Task<string> StoreAsync(byte value)
        {
            var path = Path.Combine(_directories.Outbound, await _files.StoreAsync(new[] { value }, CancellationToken.None));
            // The disk has a clock of its own.
            File.SetLastWriteTimeUtc(path, _time.GetUtcNow().UtcDateTime);
            return path;
        }
    }
}
