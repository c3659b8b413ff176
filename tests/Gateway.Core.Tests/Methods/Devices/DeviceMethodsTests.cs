using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Gateway.Core.Connections;
using OpenClaw.Gateway.Core.Devices;
using OpenClaw.Gateway.Core.Tests.Support;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Methods.Devices;

/// <summary>What the recordings do not show: what the end of a token does to open connections, and who may grant what.</summary>
public sealed class DeviceMethodsTests : IAsyncLifetime
{
    private const string Read = "operator.read";
    private const string Write = "operator.write";
    private const string Pairing = "operator.pairing";
    private const string Admin = "operator.admin";

    private readonly ManualTimeProvider _clock = new();
    private readonly TestDevice _phone = new(1);
    private readonly TestDevice _laptop = new(2);
    private GatewayTestHost _host = null!;

    public async Task InitializeAsync() => _host = await GatewayTestHost.StartAsync(time: _clock);

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        _phone.Dispose();
        _laptop.Dispose();
    }

    [Fact]
    public async Task Revoke_ClosesTheDevicesConnectionsInThatRole_AndNobodyElses()
    {
        await using var phone = await PairedAsync(_phone, Read);
        await using var phoneAsNode = (await _phone.ConnectAsync(_host, role: "node")).Client;
        await using var laptop = await PairedAsync(_laptop, Admin);

        var answer = await laptop.RequestAsync("device.token.revoke", Of(_phone));

        Assert.True((bool)answer["ok"]!);
        Assert.Equal((4001, "device removed"), await ClosedAsync(phone));
        Assert.True((bool)(await laptop.RequestAsync("health"))["ok"]!);
        Assert.Equal("unauthorized role: node", Message(await phoneAsNode.RequestAsync("health")));
    }

    [Fact]
    public async Task Revoke_WhatTheClosedConnectionStillAsks_IsNotDone()
    {
        await using var phone = await PairedAsync(_phone, Read);
        await using var laptop = await PairedAsync(_laptop, Admin);
        await laptop.RequestAsync("device.token.revoke", Of(_phone));

        await phone.SendAsync("""{"type":"req","id":"late","method":"health"}""");

        var (code, _, frames) = await phone.ReadToCloseAsync();
        Assert.Equal(4001, code);
        Assert.DoesNotContain(frames, frame => (string?)frame["id"] == "late");
    }

    [Fact]
    public async Task Rotate_OfOwnToken_AnswersWithTheNewOneThenCloses_AndOnlyTheNewOneOpens()
    {
        var (client, hello) = await _phone.ConnectAsync(_host, scopes: [Pairing]);
        await using var first = client;
        var old = DeviceToken(hello);

        var answer = await client.RequestAsync("device.token.rotate", Of(_phone));

        var token = (string)answer["payload"]!["token"]!;
        Assert.Equal(4001, (await ClosedAsync(client)).Code);
        Assert.Equal("unauthorized: gateway token mismatch (provide gateway auth token)", Message((await _phone.ConnectAsync(_host, token: old, scopes: [Pairing])).Answer));
        Assert.True((bool)(await _phone.ConnectAsync(_host, token: token, scopes: [Pairing])).Answer["ok"]!);
    }

    [Theory]
    [InlineData(Admin)]
    [InlineData("operator.approvals")]
    [InlineData("anything.else")]
    public async Task Rotate_ToMoreThanTheDeviceWasApprovedFor_IsDenied(string wider)
    {
        await using var phone = await PairedAsync(_phone, Write);
        await using var laptop = await PairedAsync(_laptop, Admin);

        var answer = await laptop.RequestAsync("device.token.rotate", Of(_phone, scopes: [Write, wider]));

        Assert.Equal("device token rotation denied", Message(answer));
        Assert.True((bool)(await phone.RequestAsync("health"))["ok"]!);
    }

    [Fact]
    public async Task Rotate_Narrower_CannotBeUndoneByTheNextRotation()
    {
        await using var phone = await PairedAsync(_phone, Write);
        await using var laptop = await PairedAsync(_laptop, Admin);
        await laptop.RequestAsync("device.token.rotate", Of(_phone, scopes: [Read]));

        var answer = await laptop.RequestAsync("device.token.rotate", Of(_phone, scopes: [Write]));

        Assert.Equal("device token rotation denied", Message(answer));
    }

    [Fact]
    public async Task PairingScope_ByDeviceToken_DoesNotReachOtherDevicesTokensNorGrantMoreThanItself()
    {
        await using var laptop = await PairedAsync(_laptop, Admin);
        var (first, hello) = await _phone.ConnectAsync(_host, scopes: [Pairing]);
        await first.DisposeAsync();
        var token = DeviceToken(hello);
        var (phone, _) = await _phone.ConnectAsync(_host, token: token, scopes: [Pairing]);
        await using var second = phone;
        var asks = await RequestIdAsync(_phone, Admin, Pairing);

        Assert.Equal("missing scope: operator.admin", Message(await phone.RequestAsync("device.pair.approve", new JsonObject { ["requestId"] = asks })));
        Assert.Equal("device token rotation denied", Message(await phone.RequestAsync("device.token.rotate", Of(_laptop))));
        Assert.Equal("device token revocation denied", Message(await phone.RequestAsync("device.token.revoke", Of(_laptop))));
        Assert.Equal("device token rotation denied", Message(await phone.RequestAsync("device.token.rotate", new JsonObject { ["deviceId"] = "no such device", ["role"] = "operator" })));
        Assert.True((bool)(await laptop.RequestAsync("health"))["ok"]!);
    }

    [Fact]
    public async Task ScopeUpgrade_KeepsTheOldScopesUntilApproved_AndAfterARejection()
    {
        await using var laptop = await PairedAsync(_laptop, Admin, Pairing);
        await using (await PairedAsync(_phone, Read))
        {
        }
        var request = await RequestIdAsync(_phone, Read, Write);
        Assert.True((bool)(await _phone.ConnectAsync(_host, remote: true, scopes: [Read])).Answer["ok"]!);
        await laptop.RequestAsync("device.pair.reject", new JsonObject { ["requestId"] = request });
        Assert.True((bool)(await _phone.ConnectAsync(_host, remote: true, scopes: [Read])).Answer["ok"]!);
        request = await RequestIdAsync(_phone, Read, Write);

        await laptop.RequestAsync("device.pair.approve", new JsonObject { ["requestId"] = request });

        var (client, hello) = await _phone.ConnectAsync(_host, remote: true, scopes: [Read, Write]);
        await using var upgraded = client;
        Assert.True((bool)hello["ok"]!);
        Assert.Equal([Read, Write], hello["payload"]!["auth"]!["scopes"]!.AsArray().Select(scope => (string)scope!));
    }

    [Fact]
    public async Task PairingRequest_NobodyDecidesAbout_IsGoneAfterFiveMinutes()
    {
        await using var laptop = await PairedAsync(_laptop, Admin);
        var request = await RequestIdAsync(_phone, Read);
        _clock.Advance(TimeSpan.FromMinutes(5) + TimeSpan.FromMilliseconds(1));

        var answer = await laptop.RequestAsync("device.pair.approve", new JsonObject { ["requestId"] = request });

        Assert.Equal("unknown requestId", Message(answer));
        Assert.Empty((await laptop.RequestAsync("device.pair.list"))["payload"]!["pending"]!.AsArray());
    }

    [Fact]
    public async Task PairingEvents_GoToPairersOnly()
    {
        await using var pairer = await _host.ConnectRawAsync();
        await pairer.HelloAsync(RawClient.ConnectParams(scopes: [Pairing]));
        await using var reader = await _host.ConnectRawAsync();
        await reader.HelloAsync(RawClient.ConnectParams(scopes: [Read, Write, "operator.approvals"]));
        await using var node = await _host.ConnectRawAsync();
        await node.HelloAsync(RawClient.ConnectParams(role: "node", scopes: [Pairing, Admin]));
        // A node has to read: it answers pings by that.
        var nodeClosed = node.ReadToCloseAsync();

        await using var laptop = await PairedAsync(_laptop, Admin);

        var request = await RequestIdAsync(_phone, Read);
        var asked = await pairer.EventAsync("device.pair.requested");
        await laptop.RequestAsync("device.pair.reject", new JsonObject { ["requestId"] = request });
        var decided = await pairer.EventAsync("device.pair.resolved");

        Assert.Equal(_phone.Id, (string?)asked["payload"]!["deviceId"]);
        Assert.Equal("rejected", (string?)decided["payload"]!["decision"]);
        await _host.StopAsync();
        Assert.Empty(PairingEvents(await reader.ReadToCloseAsync()));
        Assert.Empty(PairingEvents(await nodeClosed));

        static IEnumerable<string> PairingEvents((int, string, List<JsonObject> Frames) closed) =>
            closed.Frames.Select(frame => (string?)frame["event"] ?? "").Where(name => name.StartsWith("device.pair.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Revoke_ByAnotherProcess_ClosesTheConnectionsWhenTheFileIsLookedAt()
    {
        await using var phone = await PairedAsync(_phone, Read);
        var path = Path.Combine(_host.StateDirectory, "devices", "paired.json");
        var file = JsonNode.Parse(await File.ReadAllTextAsync(path))!;
        file[_phone.Id]!["tokens"]!["operator"]!["revokedAtMs"] = 1;
        await File.WriteAllTextAsync(path, file.ToJsonString());

        _clock.Advance(DeviceFileWatch.Interval);

        Assert.Equal(4001, (await ClosedAsync(phone)).Code);
    }

    [Fact]
    public async Task Revoke_WhileTheDeviceIsOnItsWayIn_LeavesNoConnectionWithADeadToken()
    {
        await using var laptop = await PairedAsync(_laptop, Admin);
        var connects = Enumerable.Range(0, 40).Select(_ => _phone.ConnectAsync(_host, scopes: [Read])).ToArray();
        for (var i = 0; i < 10; i++)
            await laptop.RequestAsync("device.token.revoke", Of(_phone));
        var clients = await Task.WhenAll(connects).WithTimeout();

        var tokens = clients.ToDictionary(client => (string)client.Answer["payload"]!["server"]!["connId"]!, client => DeviceToken(client.Answer));
        var file = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(_host.StateDirectory, "devices", "paired.json")))!;
        var live = file[_phone.Id]!["tokens"]!["operator"] is { } token && token["revokedAtMs"] is null ? (string?)token["token"] : null;
        var registry = _host.Services.GetRequiredService<ConnectionRegistry>();
        await TestTimeouts.Until(
            () => registry.All.All(connection => connection.IsClosing || !tokens.TryGetValue(connection.Id, out var held) || held == live), "no open connection holds a dead token");
        foreach (var (client, _) in clients)
            await client.DisposeAsync();
    }

    private async Task<RawClient> PairedAsync(TestDevice device, params string[] scopes)
    {
        var (client, answer) = await device.ConnectAsync(_host, scopes: scopes);
        Assert.True((bool)answer["ok"]!, answer.ToJsonString());
        return client;
    }

    /// <summary>Asks for scopes from afar, and returns the id of the request that waits.</summary>
    private async Task<string> RequestIdAsync(TestDevice device, params string[] scopes)
    {
        var (client, answer) = await device.ConnectAsync(_host, remote: true, scopes: scopes);
        await using var closing = client;
        Assert.Equal("pairing required", Message(answer));
        return (string)answer["error"]!["details"]!["requestId"]!;
    }

    private static JsonObject Of(TestDevice device, string[]? scopes = null)
    {
        var parameters = new JsonObject { ["deviceId"] = device.Id, ["role"] = "operator" };
        if (scopes is not null)
            parameters["scopes"] = new JsonArray([.. scopes.Select(scope => JsonValue.Create(scope))]);
        return parameters;
    }

    private static async Task<(int Code, string Reason)> ClosedAsync(RawClient client)
    {
        var (code, reason, _) = await client.ReadToCloseAsync();
        return (code, reason);
    }

    private static string DeviceToken(JsonObject hello) => (string)hello["payload"]!["auth"]!["deviceToken"]!;

    private static string? Message(JsonObject answer) => (string?)answer["error"]?["message"];
}
