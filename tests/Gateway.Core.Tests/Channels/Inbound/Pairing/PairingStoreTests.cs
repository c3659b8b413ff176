using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Channels.Inbound.Pairing;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Channels.Inbound.Pairing;

public sealed class PairingStoreTests : IDisposable
{
    private static readonly Dictionary<string, string?> NoMeta = [];

    private readonly TempDirectory _directory = new();
    private readonly ManualTimeProvider _time = new();
    private readonly PairingStore _store;

    public PairingStoreTests()
    {
        _store = new PairingStore(_directory["credentials"], _time);
        Directory.CreateDirectory(_directory["credentials"]);
    }

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Request_OfANewSender_GetsACode_AndTheSameOneAgain()
    {
        var first = await AskAsync("42");
        _time.Advance(TimeSpan.FromMinutes(59));
        var again = await AskAsync("42");

        Assert.True(first!.Value.IsNew);
        Assert.Equal((first.Value.Code, false), (again!.Value.Code, again.Value.IsNew));
        Assert.Equal(PairingStore.CodeLength, first.Value.Code.Length);
        Assert.All(first.Value.Code, static c => Assert.Contains(c, PairingStore.Alphabet));
        var request = Assert.Single(await _store.ListAsync("telegram", default));
        Assert.NotEqual(request.CreatedAt, request.LastSeenAt);
    }

    [Fact]
    public async Task Request_AnHourLater_IsANewOne()
    {
        var first = await AskAsync("42");
        _time.Advance(PairingStore.Lifetime);

        var second = await AskAsync("42");

        Assert.True(second!.Value.IsNew);
        Assert.NotEqual(first!.Value.Code, second.Value.Code);
        Assert.Null(await _store.ApproveAsync("telegram", first.Value.Code, default));
    }

    [Fact]
    public async Task Request_OfAFourthSender_GetsNoCode()
    {
        foreach (var sender in (string[])["1", "2", "3"])
            Assert.NotNull(await AskAsync(sender));

        Assert.Null(await AskAsync("4"));
        Assert.NotNull(await AskAsync("3"));
    }

    [Fact]
    public async Task Approve_LetsIn_Once_AndKeepsWhoWasThere()
    {
        await File.WriteAllTextAsync(_directory["credentials", "telegram-allowFrom.json"], """{"version":1,"allowFrom":["@ann",7]}""");
        var code = (await AskAsync("tg:42"))!.Value.Code;

        Assert.Equal("42", (await _store.ApproveAsync("telegram", code.ToLowerInvariant(), default))!.Id);

        Assert.Null(await _store.ApproveAsync("telegram", code, default));
        Assert.Equal(["@ann", "7", "42"], await _store.ReadAllowedAsync("telegram", default));
        Assert.Empty(Directory.GetDirectories(_directory["credentials"]));
        Assert.Equal(1, (int)JsonNode.Parse(await File.ReadAllTextAsync(_directory["credentials", "telegram-allowFrom.json"]))!["version"]!);
    }

    [Fact]
    public async Task Request_BehindADeadHoldersLock_TakesItOver()
    {
        var path = _directory["credentials", "telegram-pairing.json.lock"];
        Directory.CreateDirectory(path);
        Directory.SetLastWriteTimeUtc(path, _time.GetUtcNow().UtcDateTime.AddSeconds(-31));

        Assert.NotNull(await AskAsync("42"));
        Assert.False(Directory.Exists(path));
    }

    [Fact]
    public async Task Request_OfSeveralProcessesAtOnce_LosesNone()
    {
        // As processes would: each with a store of its own.
        var asked = await Task.WhenAll(Enumerable.Range(0, 3).Select(sender => Task.Run(() => New().RequestAsync("telegram", $"{sender}", NoMeta, default)))).WithTimeout();

        Assert.Equal(3, asked.Select(static answer => answer!.Value.Code).Distinct().Count());
        Assert.Equal(3, (await New().ListAsync("telegram", default)).Count);

        PairingStore New() => new(_directory["credentials"], TimeProvider.System);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"version":1,"requests":[{"id":"","code":"X"},{"code":"Y"},null]}""")]
    public async Task Request_WhenTheFileIsBroken_StartsOver(string content)
    {
        await File.WriteAllTextAsync(_directory["credentials", "telegram-pairing.json"], content);

        Assert.True((await AskAsync("42"))!.Value.IsNew);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("""{"allowFrom":"*"}""")]
    public async Task ReadAllowed_WhenTheFileIsBroken_LetsNobodyIn(string content)
    {
        await File.WriteAllTextAsync(_directory["credentials", "telegram-allowFrom.json"], content);

        Assert.Empty(await _store.ReadAllowedAsync("telegram", default));
    }

    [Fact]
    public async Task Files_AreTheOwnersAlone()
    {
        if (OperatingSystem.IsWindows())
            return;
        await AskAsync("42");

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_directory["credentials", "telegram-pairing.json"]));
    }

    private Task<(string Code, bool IsNew)?> AskAsync(string sender) => _store.RequestAsync("telegram", sender, NoMeta, default);
}
