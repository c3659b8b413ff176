using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Gateway.Core.Connections;
using OpenClaw.Gateway.Core.Devices;
using OpenClaw.Gateway.Core.Tests.Support;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Devices;

/// <summary>Random steps over real sockets: who is connected, in the registry and by the files, is always the same.</summary>
public sealed class LiveConnectionsTests : IAsyncLifetime
{
    private const int Steps = 200;
    private const int Devices = 12;

    private readonly Random _random = new(42);
    private readonly TestDevice[] _devices = [.. Enumerable.Range(1, Devices).Select(number => new TestDevice(number))];
    private readonly Dictionary<(string Device, string Role), List<RawClient>> _live = [];
    private readonly Dictionary<(string Device, string Role), string> _tokens = [];
    private GatewayTestHost _host = null!;
    private RawClient _admin = null!;

    public async Task InitializeAsync()
    {
        // These nodes do not read, and so answer no pings; on a clock that stands still nobody minds.
        _host = await GatewayTestHost.StartAsync(time: new ManualTimeProvider());
        _admin = await _host.ConnectRawAsync();
        await _admin.HelloAsync();
    }

    public async Task DisposeAsync()
    {
        foreach (var client in _live.Values.SelectMany(clients => clients).Append(_admin))
            await client.DisposeAsync();
        await _host.DisposeAsync();
        foreach (var device in _devices)
            device.Dispose();
    }

    [Fact]
    public async Task RandomSteps_RegistryAndStoreAgree()
    {
        for (var step = 0; step < Steps; step++)
        {
            var device = _devices[_random.Next(Devices)];
            var role = _random.Next(3) == 0 ? "node" : "operator";
            await (_random.Next(10) switch
            {
                < 5 => ConnectAsync(device, role),
                < 7 => LeaveAsync(device, role),
                < 8 => EndTokenAsync("device.token.rotate", device, role),
                < 9 => EndTokenAsync("device.token.revoke", device, role),
                _ => ConnectWithDeadTokenAsync(device, role),
            });
            if (step % 20 == 0)
                await CompareAsync();
        }
        await CompareAsync();
        Assert.NotEmpty(_live.Values.SelectMany(clients => clients));
    }

    private async Task ConnectAsync(TestDevice device, string role)
    {
        string[] scopes = role == "node" ? [] : ["operator.read"];
        var (client, answer) = await device.ConnectAsync(_host, scopes: scopes.Length > 0 ? scopes : null, role: role);
        Assert.True((bool)answer["ok"]!, answer.ToJsonString());
        _tokens[(device.Id, role)] = (string)answer["payload"]!["auth"]!["deviceToken"]!;
        Live(device, role).Add(client);
    }

    private async Task LeaveAsync(TestDevice device, string role)
    {
        var clients = Live(device, role);
        if (clients.Count == 0)
            return;
        try
        {
            await clients[0].Socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "", CancellationToken.None).WithTimeout();
        }
        catch (WebSocketException)
        {
            // A node that was pinged answers when it reads next, which here is behind its own close: by then nobody may listen any more.
        }
        await clients[0].DisposeAsync();
        clients.RemoveAt(0);
    }

    private async Task EndTokenAsync(string method, TestDevice device, string role)
    {
        var answer = await _admin.RequestAsync(method, new JsonObject { ["deviceId"] = device.Id, ["role"] = role });
        if (!_tokens.ContainsKey((device.Id, role)))
        {
            Assert.Equal("unknown deviceId/role", (string?)answer["error"]!["message"]);
            return;
        }
        Assert.True((bool)answer["ok"]!, answer.ToJsonString());
        await Task.WhenAll(Live(device, role).Select(AssertClosedAsync));
        _live.Remove((device.Id, role));
    }

    private static async Task AssertClosedAsync(RawClient client)
    {
        await using var closing = client;
        try
        {
            Assert.Equal(4001, (await client.ReadToCloseAsync()).Code);
        }
        catch (WebSocketException)
        {
            // Whoever takes too long to answer the close frame, as on a busy machine, is cut off.
        }
    }

    private async Task ConnectWithDeadTokenAsync(TestDevice device, string role)
    {
        var (client, answer) = await device.ConnectAsync(_host, token: new string('0', 32), role: role);
        await using var closing = client;
        Assert.Equal("unauthorized: gateway token mismatch (provide gateway auth token)", (string?)answer["error"]!["message"]);
    }

    private async Task CompareAsync()
    {
        var registry = _host.Services.GetRequiredService<ConnectionRegistry>();
        var expected = _live.SelectMany(pair => pair.Value.Select(_ => $"{pair.Key.Device} {pair.Key.Role}")).Order().ToArray();
        string[] Connected() => [.. registry.All.Where(c => c.Identity?.DeviceId is not null).Select(c => $"{c.Identity!.DeviceId} {c.Identity.Role}").Order()];
        // The gateway takes a closed connection out a moment after the client saw the close.
        await TestTimeouts.Until(() => Connected().SequenceEqual(expected), "the registry holds the connections that are open");

        var state = await _host.Services.GetRequiredService<PairingRequests>().ListAsync(default);
        foreach (var (device, role) in _live.Where(pair => pair.Value.Count > 0).Select(pair => pair.Key))
            Assert.Null(state.Paired[device].TokenFor(role)!.RevokedAtMs);
    }

    private List<RawClient> Live(TestDevice device, string role) =>
        _live.TryGetValue((device.Id, role), out var clients) ? clients : _live[(device.Id, role)] = [];
}
