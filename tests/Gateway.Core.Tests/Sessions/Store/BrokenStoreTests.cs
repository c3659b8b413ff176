using System.Text.Json.Nodes;

namespace OpenClaw.Gateway.Core.Tests.Sessions.Store;

public sealed class BrokenStoreTests : IAsyncLifetime
{
    private readonly SessionsHost _host = new();

    [Theory]
    [InlineData("")]
    [InlineData("{\"agent:main:main\":{\"sessionId\":\"x\"")]
    [InlineData("[]")]
    [InlineData("\0\0\0\0")]
    public async Task Read_BrokenFile_IsReportedAndLeftInPlace(string content)
    {
        _host.WriteStore(content);

        Assert.Equal(0, (await _host.Stores.ReadAsync("main", CancellationToken.None)).Count);

        var incident = Assert.Single(_host.Stores.Incidents);
        Assert.Equal(_host.StoreFile, incident.File);
        Assert.Null(incident.KeptAs);
        Assert.Equal(content, File.ReadAllText(_host.StoreFile));
    }

    [Fact]
    public async Task Update_BrokenFile_IsKeptAsideBeforeItIsReplaced()
    {
        _host.WriteStore("{ broken");

        await _host.StoreAsync("main", e => e.Set("sessionId", "new"));

        var incident = Assert.Single(_host.Stores.Incidents);
        Assert.Equal("{ broken", File.ReadAllText(incident.KeptAs!));
        Assert.Null(incident.RecoveredFrom);
        Assert.Equal("new", (string?)JsonNode.Parse(File.ReadAllText(_host.StoreFile))!["agent:main:main"]!["sessionId"]);
    }

    [Fact]
    public async Task Update_BrokenFileWithBackup_GoesOnFromTheBackup()
    {
        await _host.StoreAsync("old", e => e.Set("sessionId", "kept"));
        await _host.StoreAsync("newer", e => e.Set("sessionId", "since the backup"));
        Assert.True(File.Exists(_host.StoreFile + ".bak"));
        _host.WriteStore("{ broken");

        Assert.Equal("kept", (await _host.Stores.FindAsync(_host.Key("old"), CancellationToken.None))!.SessionId);
        await _host.StoreAsync("main", e => e.Set("sessionId", "new"));

        Assert.Equal(_host.StoreFile + ".bak", Assert.Single(_host.Stores.Incidents).RecoveredFrom);
        Assert.Equal(["agent:main:old", "agent:main:main"], JsonNode.Parse(File.ReadAllText(_host.StoreFile))!.AsObject().Select(p => p.Key));
    }

    [Fact]
    public async Task Update_BrokenFileAfterARestart_DoesNotReplaceTheGoodBackup()
    {
        const string Backup = """{"agent:main:old":{"sessionId":"kept"}}""";
        _host.WriteStore("{ broken");
        File.WriteAllText(_host.StoreFile + ".bak", Backup);

        await _host.StoreAsync("main", e => e.Set("sessionId", "new"));

        Assert.Equal(Backup, File.ReadAllText(_host.StoreFile + ".bak"));
        Assert.NotNull(await _host.Stores.FindAsync(_host.Key("old"), CancellationToken.None));
    }

    [Fact]
    public async Task Update_BrokenFileAndTheChangeFails_CanBeTriedAgain()
    {
        _host.WriteStore("{ broken");
        File.WriteAllText(_host.StoreFile + ".bak", """{"agent:main:old":{"sessionId":"kept"}}""");
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => _host.Stores.UpdateAsync<int>("main", static _ => throw new InvalidOperationException("no"), CancellationToken.None));

        await _host.StoreAsync("main", e => e.Set("sessionId", "new"));

        Assert.Single(Directory.GetFiles(_host.SessionsDirectory, "*.corrupt-*"));
        Assert.NotNull(await _host.Stores.FindAsync(_host.Key("old"), CancellationToken.None));
    }

    [Fact]
    public async Task Update_BackupIsYoung_IsNotWrittenAgainAndAgain()
    {
        for (var i = 0; i < 5; i++)
            await _host.StoreAsync("main", e => e.Set("updatedAt", i));
        Assert.Contains("\"updatedAt\": 0", File.ReadAllText(_host.StoreFile + ".bak"), StringComparison.Ordinal);

        _host.Clock.Advance(TimeSpan.FromMinutes(10));
        await _host.StoreAsync("main", e => e.Set("updatedAt", 9));
        Assert.Contains("\"updatedAt\": 4", File.ReadAllText(_host.StoreFile + ".bak"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_Json5_IsReadAsThePeerReadsIt()
    {
        _host.WriteStore("{ 'agent:main:main': { sessionId: 'x', updatedAt: +5, /* y */ origin: {provider: \"w\"}, } }");

        Assert.Equal("x", (await _host.Stores.FindAsync(_host.Key("main"), CancellationToken.None))!.SessionId);
        Assert.Empty(_host.Stores.Incidents);
        await _host.StoreAsync("main", e => e.Set("label", "l"));
        Assert.Equal("w", (string?)JsonNode.Parse(File.ReadAllText(_host.StoreFile))!["agent:main:main"]!["origin"]!["provider"]);
    }

    [Fact]
    public async Task Read_EntryWithOddValues_ReadsThemAsAbsent()
    {
        _host.WriteStore("""{"agent:main:main":{"sessionId":7,"updatedAt":"x","systemSent":"yes","origin":[1],"label":null,"label":"last wins"}}""");

        var entry = await _host.Stores.FindAsync(_host.Key("main"), CancellationToken.None);

        Assert.Null(entry!.SessionId);
        Assert.Null(entry.UpdatedAt);
        Assert.Null(entry.SystemSent);
        Assert.Equal("last wins", entry.Label);
    }

    [Fact]
    public async Task Read_EveryTruncationOfAFile_NeitherThrowsNorInventsSessions()
    {
        _host.WriteStore("""{"agent:main:a":{"sessionId":"x","origin":{"provider":"w"}},"agent:main:b":{"n":1.5}}""");
        var whole = File.ReadAllBytes(_host.StoreFile);
        for (var length = 0; length < whole.Length; length++)
        {
            await File.WriteAllBytesAsync(_host.StoreFile, whole[..length]);
            Assert.Equal(0, (await _host.Stores.ReadAsync("main", CancellationToken.None)).Count);
        }
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _host.DisposeAsync().AsTask();
}
