using System.Text.Json;
using OpenClaw.Gateway.Client.Connections;
using OpenClaw.Gateway.Client.Errors;
using OpenClaw.Gateway.Client.Tests.Fakes;
using OpenClaw.Gateway.Protocol.Connect;
using OpenClaw.Gateway.Protocol.Devices;
using OpenClaw.Gateway.Protocol.Json;
using OpenClaw.Gateway.Protocol.Schema;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Client.Tests.Connections;

public sealed class GatewayHandshakeTests : IDisposable
{
    private const string Mismatch =
        """{"code":"INVALID_REQUEST","message":"unauthorized: gateway token mismatch (set gateway.remote.token to match gateway.auth.token)"}""";
    private const string MismatchReason = "unauthorized: gateway token mismatch (set gateway.remote.token to match gateway.auth.token)";

    private readonly TempDirectory _state = new();

    public void Dispose() => _state.Dispose();

    [Fact]
    public async Task OpenAsync_WithDevice_SendsAConnectThatTheContractAndTheProofAccept()
    {
        var sent = new TaskCompletionSource<JsonElement>();
        await using var gateway = await FakeGateway.StartAsync(async c =>
        {
            sent.SetResult(await c.GreetAsync());
            await c.DrainAsync();
        });
        var options = gateway.Options() with
        {
            StateDirectory = _state.Path,
            Password = "pässword",
            Client = new GatewayClientInfo { DisplayName = "Desk", InstanceId = "i-1", DeviceFamily = "Linux", ModelIdentifier = "m" },
            Commands = ["system.run"],
            Permissions = new Dictionary<string, bool> { ["camera"] = false },
            PathEnv = "/bin",
            Capabilities = ["tool-events"],
        };
        await using var connection = await GatewayConnection.OpenAsync(options).WithTimeout();

        var json = await sent.Task.WithTimeout();
        Assert.Null(SchemaValidator.Validate(ProtocolJson.SchemaOf<ConnectParams>(), json));
        var connect = json.Deserialize(ProtocolJson.Context.ConnectParams)!;
        Assert.Equal((3, 3), (connect.MinProtocol, connect.MaxProtocol));
        Assert.Equal(("cli", "cli", "dev"), (connect.Client.Id, connect.Client.Mode, connect.Client.Version));
        Assert.Equal(("Desk", "i-1", "Linux", "m"), (connect.Client.DisplayName, connect.Client.InstanceId, connect.Client.DeviceFamily, connect.Client.ModelIdentifier));
        Assert.Equal("operator", connect.Role);
        Assert.Equal(["operator.admin", "operator.approvals", "operator.pairing"], connect.Scopes);
        Assert.Equal(["tool-events"], connect.Caps);
        Assert.Equal(["system.run"], connect.Commands);
        Assert.False(connect.Permissions!["camera"]);
        Assert.Equal("/bin", connect.PathEnv);
        Assert.Equal(("tok", "pässword"), (connect.Auth!.Token, connect.Auth.Password));
        Assert.Equal(FakeConnection.ChallengeTs, connect.Device!.SignedAt);
        Assert.Equal(DeviceProofResult.Proven, Prove(connect, local: false));
    }

    [Fact]
    public async Task OpenAsync_NoSecretsNoDevice_SendsNeither()
    {
        var sent = new TaskCompletionSource<JsonElement>();
        await using var gateway = await FakeGateway.StartAsync(async c =>
        {
            sent.SetResult(await c.GreetAsync());
            await c.DrainAsync();
        });
        await using var connection = await GatewayConnection.OpenAsync(gateway.Options() with { Token = null }).WithTimeout();

        var json = await sent.Task.WithTimeout();
        Assert.False(json.TryGetProperty("auth", out _));
        Assert.False(json.TryGetProperty("device", out _));
        Assert.Null(SchemaValidator.Validate(ProtocolJson.SchemaOf<ConnectParams>(), json));
    }

    [Fact]
    public async Task OpenAsync_GatewayWithoutChallenge_ConnectsAfter750MsWithTheOldSignature()
    {
        var time = new ManualTimeProvider();
        var sent = new TaskCompletionSource<JsonElement>();
        await using var gateway = await FakeGateway.StartAsync(async c =>
        {
            var connect = await c.ReceiveAsync();
            sent.SetResult(connect.GetProperty("params"));
            await c.OkAsync(connect, FakeConnection.Hello);
            await c.DrainAsync();
        });
        var opening = GatewayConnection.OpenAsync(gateway.Options(time) with { StateDirectory = _state.Path });
        await TestTimeouts.Until(() => time.ArmedTimers >= 2, "the connect deadline and the wait for the challenge");

        time.Advance(TimeSpan.FromMilliseconds(749));
        Assert.False(sent.Task.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(1));

        await using var connection = await opening.WithTimeout();
        var connect = (await sent.Task.WithTimeout()).Deserialize(ProtocolJson.Context.ConnectParams)!;
        Assert.Null(connect.Device!.Nonce);
        Assert.Equal(DeviceProofResult.Proven, Prove(connect, local: true, DateTimeOffset.FromUnixTimeMilliseconds(connect.Device.SignedAt)));
    }

    [Fact]
    public async Task OpenAsync_ChallengeWithoutNonceFirst_WaitsForARealOne()
    {
        await using var gateway = await FakeGateway.StartAsync(async c =>
        {
            await c.EventAsync("connect.challenge", """{"nonce":7}""");
            await c.EventAsync("connect.challenge", "[]");
            var connect = await c.GreetAsync();
            Assert.Equal(FakeConnection.Nonce, connect.GetProperty("device").GetProperty("nonce").GetString());
            await c.DrainAsync();
        });
        await using var connection = await GatewayConnection.OpenAsync(gateway.Options() with { StateDirectory = _state.Path }).WithTimeout();
        Assert.NotNull(connection.Hello);
    }

    [Fact]
    public async Task OpenAsync_Refused_TellsTheWholeErrorAndTheClose()
    {
        await using var gateway = await FakeGateway.StartAsync(c => c.RefuseAsync(Mismatch, 1008, MismatchReason));

        var error = await Assert.ThrowsAsync<GatewayConnectRefusedException>(
            () => GatewayConnection.OpenAsync(gateway.Options() with { Details = "Gateway target: x\nSource: y" }).WithTimeout());

        Assert.Equal($"gateway closed (1008): {MismatchReason}\nGateway target: x\nSource: y", error.Message);
        Assert.Equal(MismatchReason, error.Error.Message);
        Assert.True(error.IsTerminal);
    }

    [Fact]
    public async Task OpenAsync_RefusedWithoutClose_ClosesItself()
    {
        var closed = new TaskCompletionSource<(int?, string?)>();
        var time = new ManualTimeProvider();
        await using var gateway = await FakeGateway.StartAsync(async c =>
        {
            await c.ChallengeAsync();
            await c.ErrorAsync(await c.ReceiveAsync(), Mismatch);
            closed.SetResult(await c.DrainAsync());
        });

        var error = await Assert.ThrowsAsync<GatewayConnectRefusedException>(
            () => GatewayConnection.OpenAsync(gateway.Options(time)).WhileTimePasses(time, TimeSpan.FromMilliseconds(100)));

        Assert.Equal(new GatewayClose(1008, "connect failed"), error.Close);
        Assert.Equal((1008, "connect failed"), await closed.Task.WithTimeout());
    }

    [Fact]
    public async Task OpenAsync_ClosedDuringHandshake_TellsCodeAndReason()
    {
        await using var gateway = await FakeGateway.StartAsync(async c =>
        {
            await c.ChallengeAsync();
            await c.ReceiveAsync();
            await c.CloseAsync(1013, "starting");
        });

        var error = await Assert.ThrowsAsync<GatewayClosedException>(() => gateway.OpenAsync());

        Assert.Equal("gateway closed (1013): starting", error.Message);
    }

    [Fact]
    public async Task OpenAsync_ClosedBeforeTheChallenge_FailsWithoutWaitingForIt()
    {
        var time = new ManualTimeProvider();
        await using var gateway = await FakeGateway.StartAsync(c => c.CloseAsync(1000, ""));

        // The clock stands still: only the close can end this.
        var error = await Assert.ThrowsAsync<GatewayClosedException>(() => gateway.OpenAsync(time));

        Assert.Equal("gateway closed (1000 normal closure): no close reason", error.Message);
    }

    [Fact]
    public async Task OpenAsync_DeadGateway_TimesOut()
    {
        var time = new ManualTimeProvider();
        await using var gateway = await FakeGateway.StartAsync(c => c.HangAsync());

        var error = await Assert.ThrowsAsync<GatewayTimeoutException>(
            () => GatewayConnection.OpenAsync(gateway.Options(time) with { ConnectTimeout = TimeSpan.FromSeconds(10), Details = "Bind: loopback" })
                .WhileTimePasses(time, TimeSpan.FromSeconds(1)));

        Assert.Equal("gateway timeout after 10000ms\nBind: loopback", error.Message);
    }

    [Fact]
    public async Task OpenAsync_Cancelled_IsACancellation()
    {
        using var stop = new CancellationTokenSource();
        var asked = new TaskCompletionSource();
        await using var gateway = await FakeGateway.StartAsync(async c =>
        {
            await c.ChallengeAsync();
            await c.ReceiveAsync();
            asked.SetResult();
            await c.DrainAsync();
        });
        var opening = GatewayConnection.OpenAsync(gateway.Options(), stop.Token);
        await asked.Task.WithTimeout();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening.WithTimeout());
    }

    [Fact]
    public async Task OpenAsync_HelloWithNonsense_UsesTheProtocolsDefaults()
    {
        await using var gateway = await FakeGateway.StartAsync(async c =>
        {
            await c.GreetAsync("""{"type":"hello-ok","protocol":"x","auth":[1],"policy":{"tickIntervalMs":-5,"maxPayload":"big"}}""");
            await c.DrainAsync();
        });
        await using var connection = await gateway.OpenAsync();

        Assert.Equal(3, connection.Hello.Protocol);
        Assert.Equal(TimeSpan.FromSeconds(1), connection.Hello.TickInterval);
        Assert.Equal(524288, connection.Hello.MaxPayload);
    }

    private static DeviceProofResult Prove(ConnectParams connect, bool local, DateTimeOffset? now = null)
    {
        var device = connect.Device!;
        var proof = new DeviceProof { PublicKey = device.PublicKey, Signature = device.Signature, Nonce = device.Nonce };
        var signed = new DeviceSignaturePayload
        {
            DeviceId = device.Id,
            ClientId = connect.Client.Id,
            ClientMode = connect.Client.Mode,
            Role = connect.Role!,
            Scopes = connect.Scopes!,
            SignedAtMs = device.SignedAt,
            Token = connect.Auth?.Token,
        };
        return proof.Check(
            signed, FakeConnection.Nonce, local, now ?? DateTimeOffset.FromUnixTimeMilliseconds(FakeConnection.ChallengeTs), out _);
    }
}
