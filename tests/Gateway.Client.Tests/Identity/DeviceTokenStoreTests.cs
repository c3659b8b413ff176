using System.Text.Json;
using OpenClaw.Gateway.Client.Identity;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Client.Tests.Identity;

public sealed class DeviceTokenStoreTests : IDisposable
{
    // As a Node client writes it.
    private const string NodeFile =
        """
        {
          "version": 1,
          "deviceId": "88fd",
          "tokens": {
            "operator": {
              "token": "207a567d50084139b7ab019084f0422a",
              "role": "operator",
              "scopes": [
                "operator.admin",
                "operator.pairing"
              ],
              "updatedAtMs": 1795236995611
            }
          }
        }

        """;

    private readonly TempDirectory _state = new();
    private readonly ManualTimeProvider _time = new();
    private readonly DeviceTokenStore _store;

    public DeviceTokenStoreTests() => _store = new DeviceTokenStore(_state.Path, _time);

    public void Dispose() => _state.Dispose();

    [Fact]
    public void Find_FileOfNode_GivesItsToken()
    {
        Write(NodeFile);

        var token = _store.Find("88fd", " operator ");

        Assert.Equal("207a567d50084139b7ab019084f0422a", token!.Token);
        Assert.Equal(["operator.admin", "operator.pairing"], token.Scopes);
        Assert.Equal(1795236995611, token.UpdatedAtMs);
        Assert.Null(_store.Find("88fd", "node"));
        Assert.Null(_store.Find("another", "operator"));
    }

    [Fact]
    public void Save_NewToken_IsWrittenAsNodeWritesIt()
    {
        _store.Save("88fd", "operator", "207a567d50084139b7ab019084f0422a", ["operator.pairing", " operator.admin", "", "operator.admin"]);

        var written = File.ReadAllText(_store.FilePath);
        var expected = NodeFile.Replace("1795236995611", $"{_time.GetUtcNow().ToUnixTimeMilliseconds()}", StringComparison.Ordinal);
        Assert.Equal(expected.ReplaceLineEndings("\n"), written);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_store.FilePath));
    }

    [Fact]
    public void Save_SameTokenAgain_DoesNotTouchTheFile()
    {
        Write(NodeFile);

        _store.Save("88fd", "operator", "207a567d50084139b7ab019084f0422a", ["operator.pairing", "operator.admin"]);

        Assert.Equal(NodeFile, File.ReadAllText(_store.FilePath));
    }

    [Fact]
    public void Save_AnotherRole_KeepsTheFirst()
    {
        Write(NodeFile);

        _store.Save("88fd", "node", "n", []);
        _store.Save("88fd", "operator", "o", []);

        Assert.Equal("n", _store.Find("88fd", "node")!.Token);
        Assert.Equal("o", _store.Find("88fd", "operator")!.Token);
    }

    [Fact]
    public void Save_FileOfAnotherDevice_StartsAfresh()
    {
        Write(NodeFile);

        _store.Save("another", "node", "n", []);

        Assert.Null(_store.Find("another", "operator"));
        Assert.Equal("n", _store.Find("another", "node")!.Token);
        Assert.Equal("another", JsonDocument.Parse(File.ReadAllText(_store.FilePath)).RootElement.GetProperty("deviceId").GetString());
    }

    [Fact]
    public void Remove_TheTokenThatFailed_RemovesOnlyIt()
    {
        Write(NodeFile);
        _store.Save("88fd", "node", "n", []);

        _store.Remove("88fd", "operator", "207a567d50084139b7ab019084f0422a");

        Assert.Null(_store.Find("88fd", "operator"));
        Assert.Equal("n", _store.Find("88fd", "node")!.Token);
    }

    [Fact]
    public void Remove_ATokenThatAnotherProcessReplaced_KeepsTheNewOne()
    {
        Write(NodeFile);

        _store.Remove("88fd", "operator", "an older one");

        Assert.Equal(NodeFile, File.ReadAllText(_store.FilePath));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"version":2,"deviceId":"88fd","tokens":{"operator":{"token":"t"}}}""")]
    [InlineData("""{"version":1,"deviceId":"88fd","tokens":[]}""")]
    [InlineData("""{"version":1,"deviceId":"88fd","tokens":{"operator":"t"}}""")]
    [InlineData("""{"version":1,"deviceId":"88fd","tokens":{"operator":{"token":7}}}""")]
    [InlineData("""{"version":1,"deviceId":"88fd","tokens":{"operator":{"token":""}}}""")]
    [InlineData("""{"version":1,"deviceId":"88fd","tokens":{"\ud800":{"token":"t"}}}""")]
    [InlineData("""{"version":1,"deviceId":"88fd","tokens":{"operator":{"token":"t"}""")]
    public void Find_BrokenFile_IsEmptyAndCanBeSavedOver(string text)
    {
        Write(text);

        Assert.Null(_store.Find("88fd", "operator"));
        _store.Save("88fd", "operator", "new", []);
        Assert.Equal("new", _store.Find("88fd", "operator")!.Token);
    }

    [Fact]
    public void Find_EntryWithOddFields_StillHasItsToken()
    {
        Write("""{"version":1,"extra":[{}],"deviceId":"88fd","tokens":{"x":null,"operator":{"token":"t","scopes":[1,"a",{}],"updatedAtMs":"?","more":{}}}}""");

        var token = _store.Find("88fd", "operator")!;

        Assert.Equal("t", token.Token);
        Assert.Equal(["a"], token.Scopes);
        Assert.Null(token.UpdatedAtMs);
    }

    private void Write(string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_store.FilePath)!);
        File.WriteAllText(_store.FilePath, text);
    }
}
