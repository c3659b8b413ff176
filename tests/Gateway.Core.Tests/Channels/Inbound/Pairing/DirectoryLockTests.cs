using OpenClaw.Gateway.Core.Channels.Inbound.Pairing;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Channels.Inbound.Pairing;

public sealed class DirectoryLockTests : IDisposable
{
    private static readonly DateTime Old = DateTime.UnixEpoch.AddYears(40);

    private readonly TempDirectory _directory = new();

    private string Path => _directory["list.json.lock"];

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Acquire_TheLockOfADeadHolder_IsTakenOver()
    {
        Directory.CreateDirectory(Path);
        Directory.SetLastWriteTimeUtc(Path, Old);

        using (await DirectoryLock.AcquireAsync(_directory["list.json"], TimeProvider.System, default).WithTimeout())
            Assert.True(Directory.GetLastWriteTimeUtc(Path) > Old);

        Assert.False(Directory.Exists(Path));
    }

    [Fact]
    public void TakeOver_WhenAnotherHasIt_MeanwhileLeavesItsLock()
    {
        Directory.CreateDirectory(Path);

        Assert.True(DirectoryLock.TryTakeOver(Path, TimeProvider.System));

        Assert.True(Directory.Exists(Path));
    }

    [Fact]
    public void TakeOver_WhileAnotherIsAboutIt_RemovesNothing()
    {
        Directory.CreateDirectory(Path);
        Directory.SetLastWriteTimeUtc(Path, Old);
        using (new FileStream(Path + ".takeover", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
        {
            Assert.False(DirectoryLock.TryTakeOver(Path, TimeProvider.System));
            Assert.True(Directory.Exists(Path));
        }
        Assert.True(DirectoryLock.TryTakeOver(Path, TimeProvider.System));
        Assert.False(Directory.Exists(Path));
    }

    [Fact]
    public async Task Dispose_OfALockThatWasTakenOver_LeavesTheOthers()
    {
        using (await DirectoryLock.AcquireAsync(_directory["list.json"], TimeProvider.System, default).WithTimeout())
        {
            Directory.Delete(Path);
            Directory.CreateDirectory(Path);
            Directory.SetLastWriteTimeUtc(Path, Old);
        }

        Assert.True(Directory.Exists(Path));
    }
}
