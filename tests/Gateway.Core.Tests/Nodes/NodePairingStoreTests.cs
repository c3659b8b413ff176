using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using OpenClaw.Gateway.Core.Nodes.Pairing;
using OpenClaw.Gateway.Core.Sessions.Locking;
using OpenClaw.Gateway.Protocol.Methods.Nodes;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Nodes;

public sealed class NodePairingStoreTests : IDisposable
{
    private readonly TempDirectory _directory = new(inMemory: true);
    private readonly ManualTimeProvider _clock = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task KilledBetweenTheFiles_TheApprovedRequestIsOver()
    {
        var id = await AskAsync("n1");
        var pending = await File.ReadAllTextAsync(_directory["pending.json"]);
        using (var store = Open())
            Assert.NotNull(await new NodePairing(store, _clock).ApproveAsync(id, default));

        // What the disk shows after a kill that came when one file was written and the other was not.
        await File.WriteAllTextAsync(_directory["pending.json"], pending);

        using var after = Open();
        var state = await new NodePairing(after, _clock).ListAsync(default);
        Assert.Empty(state.Pending);
        Assert.Single(state.Paired);
        Assert.Null(await new NodePairing(after, _clock).ApproveAsync(id, default));
    }

    [Theory]
    [InlineData("paired.json")]
    [InlineData("pending.json")]
    public async Task BrokenFile_IsKeptAside_AndTheOtherStillCounts(string broken)
    {
        var id = await AskAsync("n1");
        using (var store = Open())
            await new NodePairing(store, _clock).ApproveAsync(id, default);
        await AskAsync("n2");
        await File.WriteAllTextAsync(_directory[broken], "{ not json");

        using var after = Open();
        var state = await new NodePairing(after, _clock).ListAsync(default);

        Assert.Equal(broken == "paired.json" ? 0 : 1, state.Paired.Count);
        Assert.Equal(broken == "pending.json" ? 0 : 1, state.Pending.Count);
        Assert.Equal("{ not json", await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(_directory.Path, "*.broken-*"))));
    }

    [Fact]
    public async Task PropertiesOfOtherVersions_SurviveARewrite()
    {
        await File.WriteAllTextAsync(_directory["paired.json"], """{"n1":{"nodeId":"n1","token":"t","bins":["ffmpeg"],"later":{"x":1},"createdAtMs":1,"approvedAtMs":2}}""");
        using var store = Open();

        Assert.True(await new NodePairing(store, _clock).RenameAsync("n1", "New", default));

        var row = JsonNode.Parse(await File.ReadAllTextAsync(_directory["paired.json"]))!["n1"]!;
        Assert.Equal("""{"x":1}""", row["later"]!.ToJsonString());
        Assert.Equal("ffmpeg", (string?)row["bins"]![0]);
        Assert.Equal("New", (string?)row["displayName"]);
    }

    [Fact]
    public async Task WaitingList_HasAnEnd()
    {
        using var store = Open();
        var pairing = new NodePairing(store, _clock);
        for (var i = 0; i < NodePairing.MaxPending; i++)
            Assert.NotNull(await pairing.RequestAsync(new NodePairRequestParams { NodeId = $"n{i}" }, default));

        Assert.Null(await pairing.RequestAsync(new NodePairRequestParams { NodeId = "one more" }, default));
        Assert.False((await pairing.RequestAsync(new NodePairRequestParams { NodeId = "n7" }, default))!.IsNew);
        _clock.Advance(NodePairingState.RequestLifetime + TimeSpan.FromSeconds(1));
        Assert.True((await pairing.RequestAsync(new NodePairRequestParams { NodeId = "one more" }, default))!.IsNew);
    }

    private async Task<string> AskAsync(string nodeId)
    {
        using var store = Open();
        return (await new NodePairing(store, _clock).RequestAsync(new NodePairRequestParams { NodeId = nodeId }, default))!.Request.RequestId;
    }

    private NodePairingStore Open() => new(_directory.Path, new LockFiles(TimeProvider.System, "host"), _clock, NullLogger<NodePairingStore>.Instance);
}
