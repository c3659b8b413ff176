using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Core.Auditing;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Tests.Support;

namespace OpenClaw.Gateway.Core.Tests.Auditing;

public sealed class AuditTests : IAsyncLifetime
{
    private readonly EverythingLogged _log = new();
    private readonly TestDevice _device = new(5);
    private GatewayTestHost _host = null!;

    public async Task InitializeAsync() =>
        _host = await GatewayTestHost.StartAsync(services: services => services.AddLogging(logging => logging.AddProvider(_log)));

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        _device.Dispose();
    }

    [Fact]
    public async Task EveryGrantDenialApprovalAndTokenChange_IsAnEventWithActorDeviceAndConnection()
    {
        await using var admin = await _host.ConnectRawAsync();
        var hello = await admin.HelloAsync();
        var connection = (string)hello["payload"]!["server"]!["connId"]!;
        await using (var reader = await _host.ConnectRawAsync())
        {
            await reader.HelloAsync(RawClient.ConnectParams(scopes: ["operator.read"]));
            await reader.RequestAsync("config.get");
        }
        await ConnectAsync(token: "wrong");
        var request = await ConnectAsync();
        await admin.RequestAsync("device.pair.reject", new JsonObject { ["requestId"] = request });
        request = await ConnectAsync();
        await admin.RequestAsync("device.pair.approve", new JsonObject { ["requestId"] = request });
        var token = new JsonObject { ["deviceId"] = _device.Id, ["role"] = "operator" };
        await admin.RequestAsync("device.token.rotate", token);
        await admin.RequestAsync("device.token.revoke", token);
        token["scopes"] = new JsonArray("operator.admin");
        await admin.RequestAsync("device.token.rotate", token);

        AssertLogged(1301, ("ConnectionId", connection), ("Role", "operator"), ("Scopes", "operator.admin"), ("Credential", "SharedSecret"));
        AssertLogged(1302, ("DeviceId", _device.Id), ("Code", "INVALID_REQUEST"));
        AssertLogged(1303, ("Method", "config.get"), ("Reason", "missing scope: operator.admin"));
        AssertLogged(1310, ("RequestId", request!), ("DeviceId", _device.Id));
        AssertLogged(1311, ("RequestId", request!), ("DeviceId", _device.Id), ("Actor", connection));
        AssertLogged(1312, ("DeviceId", _device.Id), ("Actor", connection));
        AssertLogged(1314, ("DeviceId", _device.Id), ("Actor", connection));
        AssertLogged(1315, ("DeviceId", _device.Id), ("Actor", connection));
        AssertLogged(1316, ("DeviceId", _device.Id), ("Actor", connection));
    }

    [Fact]
    public async Task ConfigChange_IsAnEventWithBothHashes_AndNothingOfItsContent()
    {
        var store = _host.Services.GetRequiredService<ConfigStore>();
        var before = store.Current.Hash;
        await File.WriteAllTextAsync(store.Current.Path, """{ gateway: { mode: "local", auth: { token: "a-new-secret" } } }""");

        await store.ReloadAsync();

        AssertLogged(1321, ("Before", before), ("Hash", store.Current.Hash));
        Assert.DoesNotContain(_log.Events, entry => entry.Text.Contains("a-new-secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task CallOfAnUnknownMethod_DoesNotWriteTheClientsWordsIntoTheLog()
    {
        await using var reader = await _host.ConnectRawAsync();
        await reader.HelloAsync(RawClient.ConnectParams(scopes: ["operator.read"]));

        await reader.RequestAsync("my password is hunter2");

        Assert.DoesNotContain(_log.Events, entry => entry.Text.Contains("hunter2", StringComparison.Ordinal));
        AssertLogged(1303, ("Method", "an unknown method"));
    }

    private async Task<string?> ConnectAsync(string token = GatewayTestHost.Token)
    {
        var (client, answer) = await _device.ConnectAsync(_host, remote: true, token: token, scopes: ["operator.read"]);
        await client.DisposeAsync();
        return (string?)answer["error"]?["details"]?["requestId"];
    }

    private void AssertLogged(int id, params (string Field, string Value)[] fields) =>
        Assert.Contains(
            _log.Events,
            entry => entry.Category == Audit.Category && entry.Id == id
                && fields.All(field => entry.Fields.TryGetValue(field.Field, out var value) && value!.Contains(field.Value, StringComparison.Ordinal)));
}
