using System.Collections.Concurrent;
using System.Text.Json;
using OpenClaw.Gateway.Client.Connections;
using OpenClaw.Gateway.Client.Errors;
using OpenClaw.Gateway.Client.Identity;
using OpenClaw.Gateway.Client.Tests.Fakes;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Client.Tests.Connections;

/// <summary>Which token a connect offers, and what becomes of the stored one.</summary>
public sealed class DeviceTokenChoiceTests : IDisposable
{
    private readonly TempDirectory _state = new();
    private readonly ConcurrentQueue<string?> _offered = new();
    private readonly string _deviceId;
    private readonly DeviceTokenStore _store;

    public DeviceTokenChoiceTests()
    {
        using var key = new DeviceKeyFile(_state.Path, TimeProvider.System).LoadOrCreate();
        _deviceId = key.Identity.DeviceId;
        _store = new DeviceTokenStore(_state.Path, TimeProvider.System);
    }

    public void Dispose() => _state.Dispose();

    [Fact]
    public async Task Hello_WithDeviceToken_IsStoredAndOfferedNextTime()
    {
        await using var gateway = await FakeGateway.StartAsync(Accept("device-1"));

        await ConnectAsync(gateway, shared: "shared");
        await ConnectAsync(gateway, shared: "shared");

        Assert.Equal(["shared", "device-1"], _offered);
        Assert.Equal(["operator.admin", "operator.read"], _store.Find(_deviceId, "operator")!.Scopes);
    }

    [Fact]
    public async Task StoredToken_UserNamedAToken_TheUsersTokenIsOffered()
    {
        _store.Save(_deviceId, "operator", "stored", []);
        await using var gateway = await FakeGateway.StartAsync(Accept(null));

        await ConnectAsync(gateway, shared: "typed", isExplicit: true);

        Assert.Equal(["typed"], _offered);
        Assert.Equal("stored", _store.Find(_deviceId, "operator")!.Token);
    }

    [Fact]
    public async Task StoredToken_OfAnotherRole_IsNotOffered()
    {
        _store.Save(_deviceId, "node", "stored", []);
        await using var gateway = await FakeGateway.StartAsync(Accept(null));

        await ConnectAsync(gateway, shared: "shared");

        Assert.Equal(["shared"], _offered);
    }

    [Fact]
    public async Task StoredToken_Rejected_IsForgottenAndTheSharedTokenTriedAtOnce()
    {
        _store.Save(_deviceId, "operator", "revoked", []);
        await using var gateway = await FakeGateway.StartAsync(Reject(), Accept("fresh"));

        await ConnectAsync(gateway, shared: "shared");

        Assert.Equal(["revoked", "shared"], _offered);
        Assert.Equal("fresh", _store.Find(_deviceId, "operator")!.Token);
    }

    [Fact]
    public async Task StoredToken_RejectedAndSharedToo_EndsWithTheSharedTokensError()
    {
        _store.Save(_deviceId, "operator", "revoked", []);
        await using var gateway = await FakeGateway.StartAsync(Reject());

        await Assert.ThrowsAsync<GatewayConnectRefusedException>(() => ConnectAsync(gateway, shared: "wrong"));

        Assert.Equal(["revoked", "wrong"], _offered);
        Assert.Null(_store.Find(_deviceId, "operator"));
    }

    [Fact]
    public async Task StoredToken_RejectedWithoutASharedOne_IsKept()
    {
        _store.Save(_deviceId, "operator", "revoked", []);
        await using var gateway = await FakeGateway.StartAsync(Reject());

        await Assert.ThrowsAsync<GatewayConnectRefusedException>(() => ConnectAsync(gateway, shared: null));

        Assert.Equal(["revoked"], _offered);
        Assert.Equal("revoked", _store.Find(_deviceId, "operator")!.Token);
    }

    [Theory]
    [InlineData("""{"code":"NOT_PAIRED","message":"pairing required","details":{"requestId":"r"}}""")]
    [InlineData("""{"code":"INVALID_REQUEST","message":"protocol mismatch","details":{"expectedProtocol":3}}""")]
    [InlineData("""{"code":"UNAVAILABLE","message":"gateway starting","retryable":true}""")]
    public async Task StoredToken_RefusedForAnotherReason_IsKeptAndNotRetried(string error)
    {
        _store.Save(_deviceId, "operator", "stored", []);
        await using var gateway = await FakeGateway.StartAsync(Reject(error));

        await Assert.ThrowsAsync<GatewayConnectRefusedException>(() => ConnectAsync(gateway, shared: "shared"));

        Assert.Equal(["stored"], _offered);
        Assert.Equal("stored", _store.Find(_deviceId, "operator")!.Token);
    }

    [Fact]
    public async Task StoredToken_RejectedByANewerGatewaysCode_IsForgotten()
    {
        _store.Save(_deviceId, "operator", "revoked", []);
        await using var gateway = await FakeGateway.StartAsync(
            Reject("""{"code":"INVALID_REQUEST","message":"no","details":{"code":"AUTH_TOKEN_MISMATCH"}}"""), Accept(null));

        await ConnectAsync(gateway, shared: "shared");

        Assert.Equal(["revoked", "shared"], _offered);
    }

    [Fact]
    public async Task TokenThatCannotBeStored_IsAWarningOnALivingConnection()
    {
        Directory.CreateDirectory(_store.FilePath);
        await using var gateway = await FakeGateway.StartAsync(Accept("device-1"));

        // Reading a directory as a file fails as well, so the store is unreadable before the connect already.
        var error = await Assert.ThrowsAsync<GatewayStateException>(() => ConnectAsync(gateway, shared: "shared"));
        Assert.Contains(_store.FilePath, error.Message, StringComparison.Ordinal);

        var warnings = await ConnectAsync(gateway, shared: "typed", isExplicit: true);
        Assert.Contains(_store.FilePath, Assert.Single(warnings), StringComparison.Ordinal);
    }

    private async Task<IReadOnlyList<string>> ConnectAsync(FakeGateway gateway, string? shared, bool isExplicit = false)
    {
        var options = gateway.Options() with { StateDirectory = _state.Path, Token = shared, TokenIsExplicit = isExplicit };
        await using var connection = await GatewayConnection.OpenAsync(options).WithTimeout();
        return connection.Warnings;
    }

    private Func<FakeConnection, Task> Accept(string? deviceToken) => async c =>
    {
        await c.ChallengeAsync();
        var connect = await c.ReceiveAsync();
        Note(connect);
        var auth = deviceToken is null
            ? ""
            : $$""","auth":{"deviceToken":"{{deviceToken}}","role":"operator","scopes":["operator.read"," operator.admin","operator.read"],"issuedAtMs":1}""";
        await c.OkAsync(connect, $$"""{"type":"hello-ok","protocol":3{{auth}}}""");
        await c.DrainAsync();
    };

    private Func<FakeConnection, Task> Reject(
        string error = """{"code":"INVALID_REQUEST","message":"unauthorized: gateway token mismatch (provide gateway auth token)"}""") => async c =>
    {
        await c.ChallengeAsync();
        var connect = await c.ReceiveAsync();
        Note(connect);
        await c.ErrorAsync(connect, error);
        await c.CloseAsync(1008, "no");
    };

    private void Note(JsonElement connect) =>
        _offered.Enqueue(connect.GetProperty("params").TryGetProperty("auth", out var auth) ? auth.GetProperty("token").GetString() : null);
}
