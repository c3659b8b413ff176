using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using OpenClaw.Gateway.Core.Sessions.Locking;
using OpenClaw.Gateway.Core.Sessions.Store;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Sessions.Store;

public sealed class SessionStoreTests : IAsyncLifetime
{
    private readonly SessionsHost _host = new();

    [Fact]
    public async Task Read_NoFile_IsEmptyAndCreatesNothing()
    {
        Assert.Equal(0, (await _host.Stores.ReadAsync("main", CancellationToken.None)).Count);
        Assert.False(Directory.Exists(_host.SessionsDirectory));
    }

    [Fact]
    public async Task Update_NewSession_WritesThePeersFormatForTheOwnerOnly()
    {
        await _host.StoreAsync("main", e => e.Set("sessionId", "id-1").Set("updatedAt", 5).Set("origin", Raw("""{"provider":"webchat"}""")));

        Assert.Equal("""
            {
              "agent:main:main": {
                "sessionId": "id-1",
                "updatedAt": 5,
                "origin": {
                  "provider": "webchat"
                }
              }
            }
            """.ReplaceLineEndings("\n"), File.ReadAllText(_host.StoreFile));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_host.StoreFile));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_host.SessionsDirectory));
        }
        Assert.Equal([_host.StoreFile], Directory.GetFiles(_host.SessionsDirectory));
    }

    [Fact]
    public async Task Update_OneSession_KeepsEveryByteOfTheOthers()
    {
        // As another release may have written it: unknown fields, odd numbers, escapes, a half surrogate pair.
        const string Other = """
              "agent:main:other": {
                "sessionId": "s",
                "future": {
                  "n": 1.50,
                  "list": [
                    {},
                    "é\u00e9 \ud83d"
                  ]
                },
                "updatedAt": 7
              }
            """;
        _host.WriteStore($"{{\n{Other.ReplaceLineEndings("\n")}\n}}");

        await _host.StoreAsync("main", e => e.Set("sessionId", "new"));

        Assert.Contains(Other.ReplaceLineEndings("\n"), File.ReadAllText(_host.StoreFile), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Update_KnownField_KeepsUnknownOnesAndTheirOrder()
    {
        _host.WriteStore("""{"agent:main:main":{"a":1,"label":"old","z":{"y":2}}}""");

        var entry = await _host.StoreAsync("main", e => e.Set("label", "new").Set("model", "m"));

        Assert.Equal(["a", "label", "z", "model"], entry!.Fields.Select(f => f.Name));
        Assert.Equal("new", entry.Label);
    }

    [Fact]
    public async Task Read_HandEditedFile_IsTolerated()
    {
        _host.WriteStore("\uFEFF{ // mine\n \"agent:main:main\": { \"sessionId\": \"x\", /* y */ \"updatedAt\": 3, }, }");

        Assert.Equal("x", (await FindAsync("main"))!.SessionId);
        await _host.StoreAsync("other", e => e.Set("sessionId", "o"));
        using var strict = JsonDocument.Parse(File.ReadAllText(_host.StoreFile));
        Assert.Equal("x", strict.RootElement.GetProperty("agent:main:main").GetProperty("sessionId").GetString());
    }

    [Fact]
    public async Task Read_BareAndFullKeyOfOneSession_AreMergedNewestFirst()
    {
        _host.WriteStore("""
            {"main":{"sessionId":"raw","updatedAt":20,"label":"from raw"},
             "agent:main:main":{"sessionId":"full","updatedAt":10,"thinkingLevel":"high"},
             "agent:main:x":{"sessionId":"x"}}
            """);

        var entry = await FindAsync("main");

        Assert.Equal("raw", entry!.SessionId);
        Assert.Equal("from raw", entry.Label);
        Assert.Equal("high", entry.ThinkingLevel);
        Assert.Equal(2, (await _host.Stores.ReadAsync("main", CancellationToken.None)).Count);

        await _host.StoreAsync("x", e => e.Set("label", "l"));
        Assert.Equal(["agent:main:main", "agent:main:x"], JsonNode.Parse(File.ReadAllText(_host.StoreFile))!.AsObject().Select(p => p.Key));
    }

    [Fact]
    public async Task Read_LegacyFieldNames_AreRenamed()
    {
        _host.WriteStore("""{"agent:main:g":{"provider":"telegram","lastProvider":"telegram","room":"#r"},"agent:main:h":{"channel":"c","room":"#x","groupChannel":"#y"}}""");

        var entry = await FindAsync("g");
        Assert.Equal(("telegram", "telegram", "#r"), (entry!.Channel, entry.LastChannel, entry.GroupChannel));
        Assert.Equal(["channel", "groupChannel", "lastChannel"], entry.Fields.Select(f => f.Name).Order(StringComparer.Ordinal));
        Assert.Equal(["channel", "groupChannel"], (await FindAsync("h"))!.Fields.Select(f => f.Name));
    }

    [Fact]
    public async Task Read_MembersThatAreNoEntries_AreKept()
    {
        _host.WriteStore("""{"$note":"mine","agent:main:main":{"sessionId":"x"},"odd":null}""");

        await _host.StoreAsync("main", e => e.Set("label", "l"));

        var root = JsonNode.Parse(File.ReadAllText(_host.StoreFile))!.AsObject();
        Assert.Equal("mine", (string?)root["$note"]);
        Assert.True(root.ContainsKey("odd"));
    }

    [Fact]
    public async Task Read_FileChangedByAnotherProgram_IsSeen()
    {
        await _host.StoreAsync("main", e => e.Set("sessionId", "aaa").Set("updatedAt", 1));
        Assert.Equal("aaa", (await FindAsync("main"))!.SessionId);

        // The same size and possibly the same tick of the file clock; replaced, as the peer does.
        var text = File.ReadAllText(_host.StoreFile).Replace("aaa", "bbb", StringComparison.Ordinal);
        File.WriteAllText(_host.StoreFile + ".tmp", text);
        File.SetLastWriteTimeUtc(_host.StoreFile + ".tmp", File.GetLastWriteTimeUtc(_host.StoreFile));
        File.Move(_host.StoreFile + ".tmp", _host.StoreFile, overwrite: true);

        Assert.Equal("bbb", (await FindAsync("main"))!.SessionId);
    }

    [Fact]
    public async Task Read_FileStandsStill_ServesTheSameTable()
    {
        await _host.StoreAsync("main", e => e.Set("sessionId", "a"));

        var first = await _host.Stores.ReadAsync("main", CancellationToken.None);
        Assert.Same(first, await _host.Stores.ReadAsync("main", CancellationToken.None));
    }

    [Fact]
    public async Task Update_ChangeThrows_FailsAloneAndLeavesNoTrace()
    {
        await _host.StoreAsync("main", e => e.Set("sessionId", "a"));
        var before = File.ReadAllText(_host.StoreFile);

        await Assert.ThrowsAsync<InvalidOperationException>(() => _host.Stores.UpdateAsync<int>(
            "main",
            table =>
            {
                table.Remove(_host.Key("main"));
                table.Set(_host.Key("other"), SessionEntry.Empty);
                throw new InvalidOperationException("no");
            },
            CancellationToken.None));

        Assert.Equal(before, File.ReadAllText(_host.StoreFile));
        Assert.Equal("a", (await FindAsync("main"))!.SessionId);
        Assert.Null(await FindAsync("other"));
    }

    [Fact]
    public async Task Update_NothingChanges_WritesNothing()
    {
        await _host.StoreAsync("main", e => e.Set("sessionId", "a"));
        var written = File.GetLastWriteTimeUtc(_host.StoreFile);
        File.SetLastWriteTimeUtc(_host.StoreFile, written.AddHours(-1));

        await _host.Stores.UpdateAsync(_host.Key("main"), entry => entry, CancellationToken.None);
        await _host.Stores.UpdateAsync(_host.Key("none"), _ => null, CancellationToken.None);

        Assert.Equal(written.AddHours(-1), File.GetLastWriteTimeUtc(_host.StoreFile));
    }

    [Fact]
    public async Task IsSettled_WhileAChangeIsUnderWay_IsFalseForItsSessionAlone()
    {
        using var mayChange = new ManualResetEventSlim();
        var change = _host.Stores.UpdateAsync(
            _host.Key("main"),
            entry =>
            {
                mayChange.Wait(TestTimeouts.Wait);
                return SessionEntry.Empty.Edit().Set("sessionId", "a").Build();
            },
            CancellationToken.None);

        Assert.False(_host.Stores.IsSettled(_host.Key("main")));
        Assert.True(_host.Stores.IsSettled(_host.Key("other")));
        mayChange.Set();
        await change.WithTimeout();
        await _host.StoreAsync("other", e => e.Set("sessionId", "b"));

        Assert.True(_host.Stores.IsSettled(_host.Key("main")));
    }

    [Fact]
    public async Task Touch_KnownSession_IsMarkedWithTheNextWrite()
    {
        await _host.StoreAsync("main", e => e.Set("sessionId", "a").Set("updatedAt", 5));

        _host.Stores.Touch(_host.Key("main"));
        _host.Stores.Touch(_host.Key("none"));
        await _host.StoreAsync("other", e => e.Set("sessionId", "b"));

        Assert.Equal(_host.Time.GetUtcNow().ToUnixTimeMilliseconds(), (await FindAsync("main"))!.UpdatedAt);
        Assert.Null(await FindAsync("none"));
    }

    [Fact]
    public async Task Update_ManyAtOnce_AllArriveInFewWrites()
    {
        var writes = 0;
        Directory.CreateDirectory(_host.SessionsDirectory);
        using var watcher = new FileSystemWatcher(_host.SessionsDirectory, "sessions.json") { NotifyFilter = NotifyFilters.FileName };
        watcher.Renamed += (_, _) => Interlocked.Increment(ref writes);
        watcher.EnableRaisingEvents = true;

        await Task.WhenAll(Enumerable.Range(0, 500).Select(i => _host.StoreAsync("k" + i, e => e.Set("updatedAt", i)))).WithTimeout();

        var stored = JsonNode.Parse(File.ReadAllText(_host.StoreFile))!.AsObject();
        Assert.Equal(500, stored.Count);
        Assert.InRange(Volatile.Read(ref writes), 0, 100);
    }

    [Fact]
    public async Task Update_TwoProcessesOnOneFile_LoseNothing()
    {
        await using var other = new SessionStores(_host, new LockFiles(TimeProvider.System, "test-host"), TimeProvider.System, NullLogger<SessionStores>.Instance);
        await using var mine = new SessionStores(_host, new LockFiles(TimeProvider.System, "test-host"), TimeProvider.System, NullLogger<SessionStores>.Instance);

        async Task CountAsync(SessionStores stores)
        {
            for (var i = 0; i < 40; i++)
                await stores.UpdateAsync(_host.Key("main"), e => (e ?? SessionEntry.Empty).Edit().Set("compactionCount", (e?.CompactionCount ?? 0) + 1).Build(), CancellationToken.None);
        }
        await Task.WhenAll(Task.Run(() => CountAsync(mine)), Task.Run(() => CountAsync(other))).WithTimeout();

        Assert.Equal(80, (await FindAsync("main"))!.CompactionCount);
    }

    [Fact]
    public async Task Update_DiskRefuses_TellsTheCallerAndKeepsTheOldFile()
    {
        await _host.StoreAsync("main", e => e.Set("sessionId", "a"));
        var before = File.ReadAllText(_host.StoreFile);

        // A directory in the place of the file makes the rename fail, whoever runs the test.
        File.Move(_host.StoreFile, _host.StoreFile + ".aside");
        Directory.CreateDirectory(Path.Combine(_host.StoreFile, "full"));
        await Assert.ThrowsAnyAsync<Exception>(() => _host.StoreAsync("main", e => e.Set("sessionId", "b")).WithTimeout());

        Directory.Delete(_host.StoreFile, recursive: true);
        File.Move(_host.StoreFile + ".aside", _host.StoreFile);
        Assert.Equal(before, File.ReadAllText(_host.StoreFile));
        Assert.DoesNotContain(Directory.GetFiles(_host.SessionsDirectory), f => f.EndsWith(".tmp", StringComparison.Ordinal));
        await _host.StoreAsync("main", e => e.Set("sessionId", "c"));
        Assert.Equal("c", (await FindAsync("main"))!.SessionId);
    }

    [Fact]
    public async Task Dispose_UpdatesUnderWay_AreStored()
    {
        var updates = Enumerable.Range(0, 20).Select(i => _host.StoreAsync("k" + i, e => e.Set("updatedAt", i))).ToList();
        await _host.Stores.DisposeAsync();

        Assert.All(updates, u => Assert.True(u.IsCompletedSuccessfully));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => _host.StoreAsync("late", e => e.Set("updatedAt", 1)));
    }

    [Fact]
    public async Task Set_Entry_MakesBothCopiesOfTheRouteEqual()
    {
        await _host.StoreAsync("main", e => e.Set("lastChannel", "WebChat").Set("deliveryContext", Raw("""{"to":" me ","threadId":7}""")));

        var entry = await FindAsync("main");
        Assert.Equal(("webchat", "me"), (entry!.LastChannel, entry.LastTo));
        Assert.Equal(7, entry["lastThreadId"].AsInt64());
        Assert.Equal("webchat", entry["deliveryContext"]["channel"].AsString());
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _host.DisposeAsync().AsTask();

    private ValueTask<SessionEntry?> FindAsync(string key) => _host.Stores.FindAsync(_host.Key(key), CancellationToken.None);

    private static Core.Sessions.Json.RawJson Raw(string json) => new(System.Text.Encoding.UTF8.GetBytes(json));
}
