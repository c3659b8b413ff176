using OpenClaw.Cli.Commands.Backup;
using OpenClaw.Cli.Tests.Support;
using OpenClaw.Testing;

namespace OpenClaw.Cli.Tests.Commands.Backup;

/// <summary>Two directories change places, and are stopped at each step. Nothing behind a stop runs: as after kill -9.</summary>
public sealed class DirectorySwapTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public DirectorySwapTests()
    {
        Write(Target, "old");
        Write(Fresh, "new");
    }

    private string Target => _directory["state"];

    private string Fresh => _directory["state.restoring-1"];

    private string Former => _directory["state.before-restore-1"];

    private string Record => _directory["state.restore"];

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Replace_TakesThePlace_AndKeepsWhatWasThere(bool canExchange)
    {
        Assert.Equal(Former, new DirectorySwap(Target, canExchange).Replace(Fresh, Former));

        Assert.Equal(("new", "old"), (Read(Target), Read(Former)));
        Assert.Equal([Target, Former], Directory.EnumerateFileSystemEntries(_directory.Path).Order());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Replace_NothingThere_KeepsNothing(bool canExchange)
    {
        File.Delete(Path.Combine(Target, "file"));

        Assert.Null(new DirectorySwap(Target, canExchange).Replace(Fresh, Former));

        Assert.Equal([Target], Directory.EnumerateFileSystemEntries(_directory.Path));
    }

    [Theory]
    [InlineData("exchanged", "new", null)]
    [InlineData("recorded", "old", null)]
    [InlineData("emptied", "new", "is the restored one")]
    [InlineData("filled", "new", null)]
    public void Stopped_TheNextCommandFindsTheStateWhole(string step, string content, string? told)
    {
        Stop(step);

        var done = DirectorySwap.Finish(Target);

        Assert.Equal(content, Read(Target));
        Assert.Equal(content == "new" ? "old" : "new", Read(new[] { Fresh, Former }.Single(Directory.Exists)));
        Assert.False(File.Exists(Record));
        if (told is null)
            Assert.Null(done);
        else
            Assert.Contains(told, done, StringComparison.Ordinal);
        Assert.Null(DirectorySwap.Finish(Target));
    }

    [Fact]
    public void Stopped_AndTheNewOneIsGone_TheOldOneComesBack()
    {
        Stop("emptied");
        Directory.Delete(Fresh, recursive: true);

        Assert.Contains("as it was before", DirectorySwap.Finish(Target), StringComparison.Ordinal);
        Assert.Equal("old", Read(Target));
    }

    [Fact]
    public void Refused_TheOldOneIsBackInItsPlace()
    {
        var swap = new DirectorySwap(Target, canExchange: false, step =>
        {
            if (step == "emptied")
                Directory.Delete(Fresh, recursive: true);
        });

        Assert.ThrowsAny<IOException>(() => swap.Replace(Fresh, Former));

        Assert.Equal("old", Read(Target));
        Assert.Null(DirectorySwap.Finish(Target));
        Assert.False(File.Exists(Record));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/etc\n/root\n")]
    public void Finish_ARecordThatIsDamaged_MovesNothingAndSaysWhatToDo(string record)
    {
        Stop("emptied");
        File.WriteAllText(Record, record);

        var error = Assert.ThrowsAny<IOException>(() => DirectorySwap.Finish(Target));

        Assert.Contains(".before-restore-", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Target));
    }

    [Fact]
    public async Task ACommandAfterTheStop_EndsTheRestore_AndNamesIt()
    {
        using var home = new CliHome();
        home.WriteConfig(token: "of-the-backup");
        var fresh = home.State + ".restoring-1";
        Directory.Move(home.State, fresh);
        home.WriteConfig(token: "of-before");
        Stop("emptied", home.State, fresh, home.State + ".before-restore-1");

        var result = await home.RunAsync("config", "get", "gateway.auth.token");

        Assert.Equal((0, "of-the-backup\n"), (result.ExitCode, result.Out));
        Assert.StartsWith("A restore had been cut short, and was ended now: ", result.Error, StringComparison.Ordinal);
        Assert.Equal("", (await home.RunAsync("config", "get", "gateway.auth.token")).Error);
    }

    [Fact]
    public async Task ACommandWhileItIsUnderWay_MakesNoNewState()
    {
        using var home = new CliHome();
        home.WriteConfig();
        var fresh = home.State + ".restoring-1";
        Directory.Move(home.State, fresh);
        home.WriteConfig();
        Stop("emptied", home.State, fresh, home.State + ".before-restore-1");
        // As the process holds it that is at work.
        using var record = new FileStream(home.State + ".restore", FileMode.Open, FileAccess.Write, FileShare.None);

        var result = await home.RunAsync("setup");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("is under way", result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(home.State));
    }

    private void Stop(string step) => Stop(step, Target, Fresh, Former);

    private static void Stop(string step, string target, string fresh, string former)
    {
        var swap = new DirectorySwap(target, canExchange: step == "exchanged", done =>
        {
            if (done == step)
                throw new StoppedException();
        });
        Assert.Throws<StoppedException>(() => { swap.Replace(fresh, former); });
    }

    private static void Write(string directory, string content)
    {
        Directory.CreateDirectory(directory);
        File.WriteAllText(Path.Combine(directory, "file"), content);
    }

    private static string Read(string directory) => File.ReadAllText(Path.Combine(directory, "file"));

    private sealed class StoppedException : Exception;
}
