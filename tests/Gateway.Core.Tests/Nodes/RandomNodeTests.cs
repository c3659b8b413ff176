using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using OpenClaw.Gateway.Core.Connections;
using OpenClaw.Gateway.Core.Nodes;
using OpenClaw.Gateway.Core.Nodes.Pairing;
using OpenClaw.Gateway.Core.Sessions.Locking;
using OpenClaw.Gateway.Protocol.Connect;
using OpenClaw.Gateway.Protocol.Methods.Nodes;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Nodes;

/// <summary>Ten thousand steps of thirty nodes in random order: registry, files, a store opened anew and the model always say the same.</summary>
public sealed class RandomNodeTests : IAsyncLifetime
{
    private const int Steps = 10_000;
    private const int Nodes = 30;

    private readonly TempDirectory _directory = new(inMemory: true);
    private readonly ManualTimeProvider _clock = new();
    private readonly Random _random = new(20261122);
    private readonly NodeRegistry _registry;
    private readonly Dictionary<string, (string Node, long At)> _pending = [];
    private readonly Dictionary<string, (string Token, string? Name)> _paired = [];
    private readonly List<GatewayConnection> _open = [];
    private readonly Dictionary<string, GatewayConnection> _live = [];
    private readonly List<GatewayConnection> _all = [];
    private NodePairingStore _store;
    private int _decisions;
    private int _overtaken;

    public RandomNodeTests()
    {
        _registry = new NodeRegistry(_clock);
        _store = Open();
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var connection in _all)
            await connection.DisposeAsync();
        _store.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task RandomSteps_RegistryStoreAndModelAgree()
    {
        for (var step = 0; step < Steps; step++)
        {
            try
            {
                await StepAsync();
                CompareLive();
                if (step % 100 == 0)
                    await CompareAsync();
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                throw new InvalidOperationException($"Step {step}: {e.Message}", e);
            }
        }
        await CompareAsync();
        Assert.True(_decisions > Steps / 20, $"{_decisions} decisions were made");
        Assert.True(_overtaken > 50, $"{_overtaken} connections closed after a newer one had come");
    }

    private Task StepAsync() => _random.Next(100) switch
    {
        < 25 => RequestAsync(),
        < 38 => DecideAsync(approve: true),
        < 44 => DecideAsync(approve: false),
        < 50 => RenameAsync(),
        < 58 => VerifyAsync(),
        < 75 => ConnectAsync(),
        < 92 => DisconnectAsync(),
        < 98 => PassTimeAsync(),
        _ => ReopenAsync(),
    };

    private async Task RequestAsync()
    {
        var node = AnyNode();
        Expire();
        var waiting = _pending.FirstOrDefault(request => request.Value.Node == node).Key;

        var asked = await new NodePairing(_store, _clock).RequestAsync(new NodePairRequestParams { NodeId = $" {node} ", DisplayName = "asked" }, default);

        Assert.Equal(waiting is null, asked!.IsNew);
        Assert.Equal(waiting ?? asked.Request.RequestId, asked.Request.RequestId);
        if (waiting is null)
        {
            Assert.Equal(_paired.ContainsKey(node), asked.Request.IsRepair);
            _pending.Add(asked.Request.RequestId, (node, Now));
        }
    }

    private async Task DecideAsync(bool approve)
    {
        Expire();
        var id = _pending.Count > 0 && _random.Next(10) > 0 ? Any([.. _pending.Keys]) : Guid.NewGuid().ToString();
        var known = _pending.Remove(id, out var request);
        var pairing = new NodePairing(_store, _clock);
        if (!approve)
        {
            Assert.Equal(known, await pairing.RejectAsync(id, default) is not null);
            _decisions += known ? 1 : 0;
            return;
        }
        var approved = await pairing.ApproveAsync(id, default);
        Assert.Equal(known, approved is not null);
        if (!known)
            return;
        _decisions++;
        Assert.NotEqual(_paired.GetValueOrDefault(request.Node).Token, approved!.Node.Token);
        _paired[request.Node] = (approved.Node.Token, "asked");
    }

    private async Task RenameAsync()
    {
        var (node, name) = (AnyNode(), $"name {_random.Next(1000)}");
        var renamed = await new NodePairing(_store, _clock).RenameAsync(node, name, default);
        Assert.Equal(_paired.ContainsKey(node), renamed);
        if (renamed)
            _paired[node] = (_paired[node].Token, name);
    }

    private async Task VerifyAsync()
    {
        var node = AnyNode();
        var token = _paired.Count > 0 && _random.Next(4) > 0 ? Any([.. _paired.Values]).Token : "0";
        if (_paired.TryGetValue(node, out var known) && _random.Next(2) == 0)
            token = known.Token;
        var verified = await new NodePairing(_store, _clock).VerifyAsync(node, token, default);
        Assert.Equal(_paired.GetValueOrDefault(node).Token == token, verified is not null);
    }

    private async Task ConnectAsync()
    {
        var node = AnyNode();
        var connection = new GatewayConnection(Guid.NewGuid().ToString(), WebSocket.CreateFromStream(new MemoryStream(), new WebSocketCreationOptions { IsServer = true }), null, static () => { })
        {
            Identity = new ConnectionIdentity
            {
                Client = new ConnectClient { Id = "node-host", Version = "1", Platform = "linux", Mode = "node" },
                Role = "node",
                Scopes = [],
                Protocol = 3,
                DeviceId = node,
                Address = "127.0.0.1",
                IsLocal = true,
            },
        };
        _all.Add(connection);
        var (added, before) = _registry.Add(connection);
        Assert.Equal(node, added.Id);
        Assert.Equal(_live.GetValueOrDefault(node), before?.Connection);
        _open.Add(connection);
        _live[node] = connection;
        Assert.Equal(_paired.ContainsKey(node), await new NodePairing(_store, _clock).NoteConnectedAsync(node, default));
    }

    private Task DisconnectAsync()
    {
        if (_open.Count == 0)
            return Task.CompletedTask;
        var connection = Any(_open);
        var node = connection.Identity!.DeviceId!;
        _open.Remove(connection);
        var isCurrent = _live.GetValueOrDefault(node) == connection;
        Assert.Equal(isCurrent, _registry.Remove(connection));
        Assert.False(_registry.Remove(connection));
        if (isCurrent)
            _live.Remove(node);
        else
            _overtaken++;
        return Task.CompletedTask;
    }

    private Task PassTimeAsync()
    {
        _clock.Advance(TimeSpan.FromSeconds(_random.Next(40)));
        return Task.CompletedTask;
    }

    /// <summary>The gateway restarts; its connections are gone.</summary>
    private async Task ReopenAsync()
    {
        _store.Dispose();
        _store = Open();
        foreach (var connection in _open)
            _registry.Remove(connection);
        _open.Clear();
        _live.Clear();
        await CompareAsync();
    }

    private void CompareLive()
    {
        Assert.Equal(_live.Values.Select(connection => connection.Id).Order(), _registry.All.Select(node => node.Connection.Id).Order());
        foreach (var (node, connection) in _live)
            Assert.Same(connection, _registry.Find(node)!.Connection);
    }

    private async Task CompareAsync()
    {
        foreach (var file in Directory.GetFiles(_directory.Path))
            JsonDocument.Parse(await File.ReadAllBytesAsync(file)).Dispose();
        using var fresh = Open();
        foreach (var store in new[] { _store, fresh })
        {
            var state = await new NodePairing(store, _clock).ListAsync(default);
            Expire();
            Assert.Equal(_pending.Keys.Order(), state.Pending.Keys.Order());
            Assert.Equal(
                _paired.OrderBy(node => node.Key, StringComparer.Ordinal).Select(node => (node.Key, node.Value.Token, node.Value.Name)),
                state.Paired.Values.OrderBy(node => node.NodeId, StringComparer.Ordinal).Select(node => (node.NodeId, node.Token, node.DisplayName)));
        }
    }

    private void Expire()
    {
        foreach (var over in _pending.Where(request => request.Value.At < Now - 5 * 60 * 1000).Select(request => request.Key).ToArray())
            _pending.Remove(over);
    }

    private NodePairingStore Open() => new(_directory.Path, new LockFiles(TimeProvider.System, "host"), _clock, NullLogger<NodePairingStore>.Instance);

    private long Now => _clock.GetUtcNow().ToUnixTimeMilliseconds();

    private string AnyNode() => $"node-{_random.Next(Nodes)}";

    private T Any<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];
}
