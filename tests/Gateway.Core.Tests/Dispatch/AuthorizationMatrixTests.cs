using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Gateway.Core.Devices;
using OpenClaw.Gateway.Core.Tests.Support;
using OpenClaw.Gateway.Protocol.Methods;

namespace OpenClaw.Gateway.Core.Tests.Dispatch;

/// <summary>Every method of the contract, called with every scope in every role, over connections of every kind and both protocol generations.</summary>
public sealed class AuthorizationMatrixTests(AuthorizationMatrixTests.Gateway gateway) : IClassFixture<AuthorizationMatrixTests.Gateway>
{
    private static readonly string[] Scopes = ["", "operator.read", "operator.write", "operator.approvals", "operator.pairing", "operator.admin", "bogus.scope"];
    private static readonly string[] Roles = ["operator", "node"];
    private static readonly string[] Places = ["local", "remote", "proxied"];
    private static readonly int[] Protocols = [3, 4];

    /// <summary>The contract's methods, and names that are in no contract.</summary>
    private static readonly string[] Methods = [.. MethodCatalog.All.Select(entry => entry.Name), "no.such.method", "constructor", "__proto__", "toString"];

    public static TheoryData<string, string, string, int> Connections
    {
        get
        {
            var all = new TheoryData<string, string, string, int>();
            foreach (var (role, scope, place, protocol) in
                from role in Roles from scope in Scopes from place in Places from protocol in Protocols select (role, scope, place, protocol))
            {
                all.Add(role, scope, place, protocol);
            }
            return all;
        }
    }

    [Fact]
    public void Matrix_HasEveryCombination() => Assert.True(Connections.Count * Methods.Length >= 8000, $"{Connections.Count} connections, {Methods.Length} methods");

    [Theory]
    [MemberData(nameof(Connections))]
    public async Task EveryMethod_IsRefusedOrServedAsTheContractSays(string role, string scope, string place, int protocol)
    {
        await using var client = await ConnectAsync(role, scope, place, protocol);
        // Protocol 3 makes an operator who asks for nothing an administrator.
        string[] held = scope.Length > 0 ? [scope] : protocol == 3 && role == "operator" ? ["operator.admin"] : [];

        var wrong = new List<string>();
        foreach (var method in Methods)
        {
            var answer = await client.RequestAsync(method, new JsonObject { ["__probe"] = 1 });
            if (Differs(answer, AuthorizationRules.Refusal(method, role, held), protocol) is { } difference)
                wrong.Add($"{method}: {difference}");
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task EveryMethod_WithoutAHandshake_EndsTheConnection()
    {
        foreach (var method in Methods.Where(method => method != "connect"))
        {
            await using var client = await gateway.Host.ConnectRawAsync();
            var answer = await client.RequestAsync(method, new JsonObject());
            Assert.Equal("invalid handshake: first request must be connect", (string?)answer["error"]!["message"]);
            Assert.Equal(1008, (await client.ReadToCloseAsync()).Code);
        }
    }

    [Theory]
    [InlineData("remote")]
    [InlineData("proxied")]
    public async Task SharedSecretWithoutADevice_FromAfarInProtocol4_HoldsNothing(string place)
    {
        await using var client = await gateway.Host.ConnectRawAsync(options => Header(options, place));
        await client.HelloAsync(RawClient.ConnectParams(min: 4, max: 4, id: "cli", mode: "cli", scopes: ["operator.admin"]));

        Assert.All(Methods, method => Assert.NotNull(AuthorizationRules.Refusal(method, "operator", [])));
        foreach (var method in Methods)
            Assert.Null(Differs(await client.RequestAsync(method, new JsonObject()), AuthorizationRules.Refusal(method, "operator", []), protocol: 4));
    }

    private static string? Differs(JsonObject answer, string? refusal, int protocol)
    {
        var error = answer["error"];
        var message = (string?)error?["message"];
        if (refusal is null)
            return message?.StartsWith("missing scope", StringComparison.Ordinal) == true || message?.StartsWith("unauthorized", StringComparison.Ordinal) == true ? "refused: " + message : null;
        if (message != refusal)
            return $"expected {refusal}, got {answer.ToJsonString()}";
        var forbidden = protocol == 4 && refusal.StartsWith("missing scope", StringComparison.Ordinal);
        if ((string?)error!["code"] != (forbidden ? "FORBIDDEN" : "INVALID_REQUEST"))
            return "code " + error["code"];
        var missing = (string?)error["details"]?["missingScope"];
        var named = forbidden ? refusal["missing scope: ".Length..] : null;
        return missing == named && (forbidden || error["details"] is null) ? null : "details " + error["details"];
    }

    private async Task<RawClient> ConnectAsync(string role, string scope, string place, int protocol)
    {
        string[]? scopes = scope.Length > 0 ? [scope] : null;
        var host = gateway.Host;
        if (protocol == 3 || place == "local")
        {
            var plain = await host.ConnectRawAsync(options => Header(options, place));
            var hello = await plain.HelloAsync(RawClient.ConnectParams(min: protocol, max: protocol, id: "cli", mode: "cli", scopes: scopes, role: role));
            Assert.True((bool)hello["ok"]!, hello.ToJsonString());
            return plain;
        }

        // From afar, protocol 4 gives nothing to a client without an approved device.
        using var device = gateway.NextDevice();
        await using (var asking = await host.ConnectRawAsync(options => Header(options, place)))
        {
            var refused = await asking.HelloAsync(device.ConnectParams(asking, scopes: scopes, role: role, protocol: protocol));
            var requestId = (string)refused["error"]!["details"]!["requestId"]!;
            var decision = await host.Services.GetRequiredService<PairingRequests>().ApproveAsync(requestId, GrantAuthority.Host, CancellationToken.None);
            Assert.Equal(PairingDecisionStatus.Done, decision.Status);
        }
        var client = await host.ConnectRawAsync(options => Header(options, place));
        var answer = await client.HelloAsync(device.ConnectParams(client, scopes: scopes, role: role, protocol: protocol));
        Assert.True((bool)answer["ok"]!, answer.ToJsonString());
        return client;
    }

    private static void Header(System.Net.WebSockets.ClientWebSocketOptions options, string place)
    {
        if (place == "proxied")
            options.SetRequestHeader("X-Forwarded-For", "203.0.113.9");
        else if (place == "remote")
            options.SetRequestHeader("Host", "gateway.example.org");
    }

    /// <summary>One gateway for all of it.</summary>
    public sealed class Gateway : IAsyncLifetime
    {
        private int _devices = 1000;

        internal GatewayTestHost Host { get; private set; } = null!;

        public async Task InitializeAsync() => Host = await GatewayTestHost.StartAsync();

        public async Task DisposeAsync() => await Host.DisposeAsync();

        internal TestDevice NextDevice() => new(Interlocked.Increment(ref _devices));
    }
}
