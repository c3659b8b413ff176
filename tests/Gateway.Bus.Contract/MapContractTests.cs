using OpenClaw.Gateway.Bus.Maps;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Bus.Contract;

/// <summary>What every implementation of <see cref="IMaps"/> does.</summary>
public abstract class MapContractTests : BusContractTests
{
    private static readonly TimeSpan TimeToLive = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Set_NewAndAgain_ReadsBackWithRisingVersions()
    {
        var first = await Bus.Maps.SetAsync("m", "k", Bytes("1"));
        var second = await Bus.Maps.SetAsync("m", "k", Bytes("2"));
        Assert.True(first.IsWritten && second.IsWritten);
        Assert.True(second.Version > first.Version && first.Version > MapEntry.NoVersion);
        var entry = await Bus.Maps.GetAsync("m", "k");
        Assert.Equal(("k", "2", second.Version), (entry!.Key, Text(entry.Value), entry.Version));
        Assert.Null(await Bus.Maps.GetAsync("m", "K"));
        Assert.Null(await Bus.Maps.GetAsync("other", "k"));
    }

    [Fact]
    public async Task Set_BufferReusedAfterwards_EntryStays()
    {
        var buffer = "before"u8.ToArray();
        await Bus.Maps.SetAsync("m", "k", buffer);
        "after!"u8.CopyTo(buffer);
        Assert.Equal("before", Text((await Bus.Maps.GetAsync("m", "k"))!.Value));
    }

    [Fact]
    public async Task List_SomeEntries_ReturnsAllOfThisMap()
    {
        Assert.Empty(await Bus.Maps.ListAsync("m"));
        for (var i = 0; i < 20; i++)
            await Bus.Maps.SetAsync("m", $"k{i:00}", Bytes($"{i}"));
        await Bus.Maps.SetAsync("other", "x", default);
        var entries = await Bus.Maps.ListAsync("m");
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"k{i:00}={i}"), entries.Select(e => $"{e.Key}={Text(e.Value)}").Order());
    }

    [Fact]
    public async Task CompareAndSet_AsExpected_Writes()
    {
        var added = await Bus.Maps.CompareAndSetAsync("m", "k", MapEntry.NoVersion, Bytes("1"));
        Assert.True(added.IsWritten);
        Assert.True((await Bus.Maps.CompareAndSetAsync("m", "k", added.Version, Bytes("2"))).IsWritten);
        Assert.Equal("2", Text((await Bus.Maps.GetAsync("m", "k"))!.Value));
    }

    [Fact]
    public async Task CompareAndSet_NotAsExpected_TellsWhatIsThere()
    {
        var first = await Bus.Maps.SetAsync("m", "k", Bytes("1"));
        var second = await Bus.Maps.SetAsync("m", "k", Bytes("2"));
        foreach (var expected in (long[])[MapEntry.NoVersion, first.Version])
        {
            var conflict = await Bus.Maps.CompareAndSetAsync("m", "k", expected, Bytes("3"));
            Assert.Equal(MapWriteOutcome.Conflict, conflict.Outcome);
            Assert.Equal(("2", second.Version), (Text(conflict.Current!.Value), conflict.Current.Version));
        }
        var missing = await Bus.Maps.CompareAndSetAsync("m", "none", second.Version, Bytes("3"));
        Assert.Equal((MapWriteOutcome.Conflict, null), (missing.Outcome, missing.Current));
    }

    [Fact]
    public async Task CompareAndSet_RemovedAndWrittenAgain_OldVersionDoesNotMatch()
    {
        var old = await Bus.Maps.SetAsync("m", "k", Bytes("1"));
        await Bus.Maps.RemoveAsync("m", "k");
        await Bus.Maps.SetAsync("m", "k", Bytes("1"));
        Assert.Equal(MapWriteOutcome.Conflict, (await Bus.Maps.CompareAndSetAsync("m", "k", old.Version, Bytes("2"))).Outcome);
    }

    [Fact]
    public async Task CompareAndSet_ManyAtOnce_NoUpdateIsLost()
    {
        await Bus.Maps.SetAsync("m", "n", BitConverter.GetBytes(0));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var done = 0; done < 50;)
            {
                var entry = (await Bus.Maps.GetAsync("m", "n"))!;
                var next = BitConverter.ToInt32(entry.Value.Span) + 1;
                if ((await Bus.Maps.CompareAndSetAsync("m", "n", entry.Version, BitConverter.GetBytes(next))).IsWritten)
                    done++;
            }
        }))).WithTimeout();
        Assert.Equal(400, BitConverter.ToInt32((await Bus.Maps.GetAsync("m", "n"))!.Value.Span));
    }

    [Fact]
    public async Task Remove_ByVersion_OnlyThatOne()
    {
        var old = await Bus.Maps.SetAsync("m", "k", Bytes("1"));
        var current = await Bus.Maps.SetAsync("m", "k", Bytes("2"));
        Assert.False(await Bus.Maps.RemoveAsync("m", "k", old.Version));
        Assert.True(await Bus.Maps.RemoveAsync("m", "k", current.Version));
        Assert.False(await Bus.Maps.RemoveAsync("m", "k"));
        Assert.Null(await Bus.Maps.GetAsync("m", "k"));
    }

    [Fact]
    public async Task Set_TimeToLive_EntryIsGoneAfterIt()
    {
        await Bus.Maps.SetAsync("m", "short", default, TimeToLive);
        await Bus.Maps.SetAsync("m", "stays", default);
        await Harness.PassAsync(TimeToLive / 2);
        Assert.NotNull(await Bus.Maps.GetAsync("m", "short"));
        await Harness.PassAsync(TimeToLive);
        Assert.Null(await Bus.Maps.GetAsync("m", "short"));
        Assert.Equal(["stays"], (await Bus.Maps.ListAsync("m")).Select(e => e.Key));
        Assert.False(await Bus.Maps.TouchAsync("m", "short", TimeToLive));
        Assert.True((await Bus.Maps.CompareAndSetAsync("m", "short", MapEntry.NoVersion, default)).IsWritten);
    }

    [Fact]
    public async Task Set_AgainWithoutTimeToLive_EntryStays()
    {
        await Bus.Maps.SetAsync("m", "k", default, TimeToLive);
        await Bus.Maps.SetAsync("m", "k", default);
        await Harness.PassAsync(TimeToLive * 2);
        Assert.NotNull(await Bus.Maps.GetAsync("m", "k"));
    }

    [Fact]
    public async Task Touch_BeforeExpiry_EntryStaysAsItIsAndNobodyIsTold()
    {
        var written = await Bus.Maps.SetAsync("m", "k", Bytes("v"), TimeToLive);
        await using var watch = await Bus.Maps.WatchAsync("m");
        for (var i = 0; i < 200; i++)
        {
            await Harness.PassAsync(TimeSpan.FromMilliseconds(100));
            Assert.True(await Bus.Maps.TouchAsync("m", "k", TimeToLive));
        }
        Assert.Equal(written.Version, (await Bus.Maps.GetAsync("m", "k"))!.Version);
        await Bus.Maps.SetAsync("m", "end", default);
        Assert.Equal(["Set end"], await ReadAsync(watch, 1));
    }

    [Fact]
    public async Task Watch_Changes_AreToldInOrder()
    {
        await Bus.Maps.SetAsync("m", "before", default);
        await using var watch = await Bus.Maps.WatchAsync("m");
        var set = await Bus.Maps.SetAsync("m", "a", Bytes("1"));
        await Bus.Maps.CompareAndSetAsync("m", "a", MapEntry.NoVersion, Bytes("no"));
        await Bus.Maps.CompareAndSetAsync("m", "a", set.Version, Bytes("2"));
        await Bus.Maps.SetAsync("other", "a", default);
        await Bus.Maps.RemoveAsync("m", "a");
        await Bus.Maps.RemoveAsync("m", "a");
        await Bus.Maps.SetAsync("m", "b", Bytes("3"));
        Assert.Equal(["Set a=1", "Set a=2", "Removed a", "Set b=3"], await ReadAsync(watch, 4));
    }

    [Fact]
    public async Task Watch_EntryExpires_IsTold()
    {
        await Bus.Maps.SetAsync("m", "k", default, TimeToLive);
        await using var watch = await Bus.Maps.WatchAsync("m");
        var told = ReadAsync(watch, 1);
        Assert.Equal(["Expired k"], await Harness.PassUntilAsync(told, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task Watch_EntriesExpireOutOfOrder_EachIsToldInItsTime()
    {
        await using var watch = await Bus.Maps.WatchAsync("m");
        await Bus.Maps.SetAsync("m", "late", default, TimeSpan.FromSeconds(60));
        await Bus.Maps.SetAsync("m", "early", default, TimeSpan.FromSeconds(5));
        var told = ReadAsync(watch, 4);
        var changes = await Harness.PassUntilAsync(told, TimeSpan.FromSeconds(2));
        Assert.Equal(["Set late", "Set early", "Expired early", "Expired late"], changes);
    }

    [Fact]
    public async Task Watch_TooSlow_IsToldThatItMissedSome()
    {
        await using var watch = await Bus.Maps.WatchAsync("m", new MapWatchOptions { Capacity = 5 });
        for (var i = 0; i < 50; i++)
            await Bus.Maps.SetAsync("m", "k", Bytes($"{i}"));
        await Bus.Maps.RemoveAsync("m", "k");
        var changes = new List<MapChange>();
        using var stop = new CancellationTokenSource(TestTimeouts.Wait);
        await foreach (var change in watch.ReadAllAsync(stop.Token))
        {
            changes.Add(change);
            if (change.Kind == MapChangeKind.Removed)
                break;
        }
        Assert.Equal(MapChangeKind.Missed, changes[0].Kind);
        Assert.True(changes.Count < 51);
    }

    [Fact]
    public async Task Watch_Disposed_EndsTheLoop()
    {
        var watch = await Bus.Maps.WatchAsync("m");
        var loop = ReadAsync(watch, 1);
        await watch.DisposeAsync();
        Assert.Empty(await loop.WithTimeout());
    }

    [Fact]
    public async Task Set_MapIsFull_OnlyNewEntriesAreRefused()
    {
        for (var i = 0; i < Harness.MaxMapEntries; i++)
            Assert.True((await Bus.Maps.SetAsync("m", $"{i}", default)).IsWritten);
        Assert.Equal(MapWriteOutcome.Full, (await Bus.Maps.SetAsync("m", "more", default)).Outcome);
        Assert.True((await Bus.Maps.SetAsync("m", "0", Bytes("changed"))).IsWritten);
        await Bus.Maps.RemoveAsync("m", "1");
        Assert.True((await Bus.Maps.SetAsync("m", "more", default)).IsWritten);
    }

    [Fact]
    public async Task Set_KeyOrValueTooLarge_IsRefused()
    {
        Assert.Equal(MapWriteOutcome.TooLarge, (await Bus.Maps.SetAsync("m", new string('k', 513), default)).Outcome);
        Assert.Equal(MapWriteOutcome.TooLarge, (await Bus.Maps.SetAsync("m", "k", new byte[Harness.MaxMapValueBytes + 1])).Outcome);
        Assert.Null(await Bus.Maps.GetAsync("m", new string('k', 513)));
        Assert.True((await Bus.Maps.SetAsync("m", new string('k', 512), new byte[Harness.MaxMapValueBytes])).IsWritten);
    }

    [Theory]
    [InlineData("")]
    [InlineData("with\0zero:and * ? [brackets]")]
    [InlineData("ключ 🔑")]
    public async Task Set_StrangeKey_IsKeptApart(string key)
    {
        await Bus.Maps.SetAsync("m", key, Bytes("it"));
        await Bus.Maps.SetAsync("m", "plain", Bytes("other"));
        Assert.Equal("it", Text((await Bus.Maps.GetAsync("m", key))!.Value));
        Assert.Equal(2, (await Bus.Maps.ListAsync("m")).Count);
    }

    private static async Task<List<string>> ReadAsync(IMapWatch watch, int count)
    {
        var changes = new List<string>();
        using var stop = new CancellationTokenSource(TestTimeouts.Wait);
        await foreach (var change in watch.ReadAllAsync(stop.Token))
        {
            changes.Add($"{change.Kind} {change.Key}" + (change.Entry is { Value.Length: > 0 } entry ? "=" + Text(entry.Value) : ""));
            if (changes.Count == count)
                break;
        }
        return changes;
    }
}
