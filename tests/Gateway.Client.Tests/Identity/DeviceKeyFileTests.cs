using System.Globalization;
using System.Text.Json;
using OpenClaw.Gateway.Client.Errors;
using OpenClaw.Gateway.Client.Identity;
using OpenClaw.Gateway.Protocol.Devices;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Client.Tests.Identity;

public sealed class DeviceKeyFileTests : IDisposable
{
    // Written by a Node client.
    private const string NodeFile =
        """
        {
          "version": 1,
          "deviceId": "db5a70f76f5179aebcc5ef626ee31fd5842414a03c7c74873e87fb84686eb4d8",
          "publicKeyPem": "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAFWISZ28IgxC7/iQlJYKLLGiKGTjVMaUxz1xgfHjTKs0=\n-----END PUBLIC KEY-----\n",
          "privateKeyPem": "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIE+YSsm66Mwo/tQ54P5sP6n3qi8yFSP+lt1d0bduc5Jp\n-----END PRIVATE KEY-----\n",
          "createdAtMs": 1795235131975
        }

        """;

    private readonly TempDirectory _temp = new();
    private readonly ManualTimeProvider _time = new();
    private readonly string _state;
    private readonly DeviceKeyFile _file;

    public DeviceKeyFileTests()
    {
        _state = _temp["state"];
        _file = new DeviceKeyFile(_state, _time);
    }

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void LoadOrCreate_FirstUse_WritesAPrivateFileAndThenKeepsIt()
    {
        using var made = _file.LoadOrCreate();
        var text = File.ReadAllText(_file.FilePath);
        using var read = _file.LoadOrCreate();

        Assert.Equal(made.Identity, read.Identity);
        Assert.Equal(text, File.ReadAllText(_file.FilePath));
        Assert.Equal(Path.Combine(_state, "identity", "device.json"), _file.FilePath);
        var json = JsonDocument.Parse(text).RootElement;
        Assert.Equal(["version", "deviceId", "publicKeyPem", "privateKeyPem", "createdAtMs"], json.EnumerateObject().Select(p => p.Name));
        Assert.Equal(made.Identity.DeviceId, json.GetProperty("deviceId").GetString());
        Assert.Equal(_time.GetUtcNow().ToUnixTimeMilliseconds(), json.GetProperty("createdAtMs").GetInt64());
        Assert.EndsWith("}\n", text, StringComparison.Ordinal);
        Assert.Null(made.BrokenFileKeptAs);
        Assert.Equal(["device.json"], Directory.GetFiles(Path.Combine(_state, "identity")).Select(Path.GetFileName));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_file.FilePath));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_state));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(_state, "identity")));
        }
    }

    [Fact]
    public void LoadOrCreate_FileOfNode_IsUsedUntouched()
    {
        Write(NodeFile);

        using var key = _file.LoadOrCreate();

        Assert.Equal("db5a70f76f5179aebcc5ef626ee31fd5842414a03c7c74873e87fb84686eb4d8", key.Identity.DeviceId);
        Assert.Equal(
            "PEVekDgwExTk05WpgB_DbxfN55FRf0vnRT7woEX-7324Ok2GxmQiMvR_ZLEcHTHpmsEZwgGpX1_b-v5_XvXlCQ",
            key.Sign("v2|id|cli|cli|operator|operator.admin,operator.pairing|1795234446502|tök|nonce"));
        Assert.Equal(NodeFile, File.ReadAllText(_file.FilePath));
    }

    [Fact]
    public void LoadOrCreate_IdThatIsNotTheKeys_IsCorrectedAndTheRestKept()
    {
        Write(NodeFile.Replace("db5a70", "000000", StringComparison.Ordinal));

        using var key = _file.LoadOrCreate();

        Assert.StartsWith("db5a70", key.Identity.DeviceId, StringComparison.Ordinal);
        Assert.Equal(NodeFile, File.ReadAllText(_file.FilePath));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"version":1}""")]
    [InlineData("""{"version":"1","deviceId":"x","publicKeyPem":"x","privateKeyPem":"x"}""")]
    [InlineData("""{"version":1,"deviceId":"x","publicKeyPem":"x","privateKeyPem":"x"}""")]
    [InlineData("""{"version":1,"deviceId":"\ud800","publicKeyPem":1,"privateKeyPem":{}}""")]
    public void LoadOrCreate_BrokenFile_IsKeptAsideAndReplaced(string text)
    {
        Write(text);

        using var key = _file.LoadOrCreate();

        Assert.NotNull(key.BrokenFileKeptAs);
        Assert.Equal(text, File.ReadAllText(key.BrokenFileKeptAs));
        using var again = _file.LoadOrCreate();
        Assert.Equal(key.Identity, again.Identity);
        Assert.Null(again.BrokenFileKeptAs);
    }

    [Fact]
    public void LoadOrCreate_PublicKeyOfAnotherPair_IsBroken()
    {
        using var other = Ed25519PrivateKey.Generate();
        var document = JsonDocument.Parse(NodeFile).RootElement;
        Write(NodeFile.Replace(
            JsonSerializer.Serialize(document.GetProperty("publicKeyPem")), JsonSerializer.Serialize(other.ToSpkiPem()), StringComparison.Ordinal));

        using var key = _file.LoadOrCreate();

        Assert.NotNull(key.BrokenFileKeptAs);
    }

    [Fact]
    public void LoadOrCreate_HugeFile_IsBrokenWithoutBeingReadWhole()
    {
        Write(new string(' ', 1_000_000) + NodeFile);

        using var key = _file.LoadOrCreate();

        Assert.Equal(1_000_000 + NodeFile.Length, new FileInfo(key.BrokenFileKeptAs!).Length);
    }

    [Fact]
    public void LoadOrCreate_NewerVersion_IsLeftAloneWithAClearError()
    {
        Write("""{"version":2,"keys":[]}""");

        var error = Assert.Throws<GatewayStateException>(() => _file.LoadOrCreate());

        Assert.Contains("version 2", error.Message, StringComparison.Ordinal);
        Assert.Contains(_file.FilePath, error.Message, StringComparison.Ordinal);
        Assert.Equal("""{"version":2,"keys":[]}""", File.ReadAllText(_file.FilePath));
    }

    [Fact]
    public void LoadOrCreate_UnreadableFile_IsAnErrorThatNamesIt()
    {
        Directory.CreateDirectory(_file.FilePath);

        var error = Assert.Throws<GatewayStateException>(() => _file.LoadOrCreate());

        Assert.Contains(_file.FilePath, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LoadOrCreate_StateDirectoryIsAFile_IsAnErrorThatNamesTheFileWanted()
    {
        File.WriteAllText(_state, "");

        var error = Assert.Throws<GatewayStateException>(() => _file.LoadOrCreate());

        Assert.Contains(_file.FilePath, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LoadOrCreate_ManyAtOnce_AllGetTheSameIdentity()
    {
        // Many rounds: a name that is looked at before it is taken goes wrong in about one of a hundred.
        for (var round = 0; round < 50; round++)
        {
            var state = Path.Combine(_state, round.ToString(CultureInfo.InvariantCulture));
            using var start = new Barrier(8);
            var ids = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    start.SignalAndWait();
                    using var key = new DeviceKeyFile(state, _time).LoadOrCreate();
                    return key.Identity.DeviceId;
                },
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default))).WithTimeout();

            var id = Assert.Single(ids.Distinct());
            using var kept = new DeviceKeyFile(state, _time).LoadOrCreate();
            Assert.Equal(id, kept.Identity.DeviceId);
        }
    }

    [Fact]
    public void SetAside_FileReplacedMeanwhile_PutsTheNewOneBack()
    {
        Write(NodeFile);
        var file = new StateFile(_state, "identity", "device.json");

        Assert.Null(file.SetAside("what another process saw"u8, _time.GetUtcNow()));

        Assert.Equal(NodeFile, File.ReadAllText(_file.FilePath));
    }

    private void Write(string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_file.FilePath)!);
        File.WriteAllText(_file.FilePath, text);
    }
}
