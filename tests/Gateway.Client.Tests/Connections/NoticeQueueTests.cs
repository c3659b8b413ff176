using OpenClaw.Gateway.Client.Connections;
using OpenClaw.Gateway.Client.Tests.Fakes;

namespace OpenClaw.Gateway.Client.Tests.Connections;

public sealed class NoticeQueueTests
{
    private readonly NoticeQueue _queue = new();

    [Fact]
    public async Task Add_SequenceWithAHole_TellsTheGapBeforeTheEvent()
    {
        Add(5);
        Add(6);
        Add(9);

        Assert.Equal(["5", "6", "gap 7-9", "9"], await ReadAllAsync());
    }

    [Fact]
    public async Task Add_EventsOutsideTheSequence_DoNotDisturbIt()
    {
        Add(5);
        Add(null);
        Add(6);

        Assert.Equal(["5", "-", "6"], await ReadAllAsync());
    }

    [Fact]
    public async Task Add_SequenceThatStartsAgain_IsNoGap()
    {
        Add(67);
        Add(1);
        Add(2);

        Assert.Equal(["67", "1", "2"], await ReadAllAsync());
    }

    [Fact]
    public async Task Add_NobodyReads_DropsAndLaterTellsTheGap()
    {
        for (var seq = 1; seq <= NoticeQueue.MaxEvents + 10; seq++)
            Add(seq);
        await using var reader = _queue.ReadAsync(CancellationToken.None).GetAsyncEnumerator();
        Assert.True(await reader.MoveNextAsync());
        Assert.True(await reader.MoveNextAsync());

        Add(NoticeQueue.MaxEvents + 11);
        _queue.End();

        var rest = new List<string>();
        while (await reader.MoveNextAsync())
            rest.Add(Text(reader.Current));
        Assert.Equal($"gap {NoticeQueue.MaxEvents + 1}-{NoticeQueue.MaxEvents + 11}", rest[^2]);
        Assert.Equal($"{NoticeQueue.MaxEvents + 11}", rest[^1]);
        Assert.Equal(NoticeQueue.MaxEvents, rest.Count);
    }

    [Fact]
    public async Task Add_HugeEvents_AreBoundedByTheirBytes()
    {
        var huge = new byte[NoticeQueue.MaxBytes];
        _queue.Add(new GatewayEvent("x", huge, 1));
        _queue.Add(new GatewayEvent("x", new byte[1], 2));

        Assert.Equal(["1"], await ReadAllAsync());
    }

    private static string Text(GatewayNotice notice) => notice switch
    {
        GatewayEvent { Seq: null } => "-",
        GatewayEvent e => e.Seq.ToString()!,
        GatewaySeqGap gap => $"gap {gap.Expected}-{gap.Received}",
        _ => notice.ToString(),
    };

    private void Add(long? seq) => _queue.Add(new GatewayEvent("x", Gateways.Json("{}"), seq));

    private async Task<List<string>> ReadAllAsync()
    {
        _queue.End();
        var all = new List<string>();
        await foreach (var notice in _queue.ReadAsync(CancellationToken.None))
            all.Add(Text(notice));
        return all;
    }
}
