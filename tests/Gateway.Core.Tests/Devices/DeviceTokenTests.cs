using Microsoft.Extensions.Logging.Abstractions;
using OpenClaw.Gateway.Core.Devices;
using OpenClaw.Gateway.Core.Sessions.Locking;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Devices;

/// <summary>Which texts open a connection as a device's token: the one that was given out, and nothing that resembles it.</summary>
public sealed class DeviceTokenTests : IDisposable
{
    private const int RandomTexts = 2000;

    private readonly TempDirectory _directory = new(inMemory: true);
    private readonly ManualTimeProvider _clock = new();
    private readonly Random _random = new(99);
    private readonly DeviceStore _store;
    private readonly DeviceTokens _tokens;

    public DeviceTokenTests()
    {
        _store = new DeviceStore(_directory.Path, new LockFiles(TimeProvider.System, "host"), _clock, NullLogger<DeviceStore>.Instance);
        _tokens = new DeviceTokens(_store, _clock);
    }

    public void Dispose()
    {
        _store.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task Verify_TheTokenItself_Opens()
    {
        var token = await PairAsync("phone", ["operator.read"]);

        Assert.True(await VerifyAsync("phone", token));
        Assert.True(await _tokens.VerifyAsync("phone", "operator", [], token, default));
    }

    [Fact]
    public async Task Verify_EverySmallChangeOfTheToken_IsRefused()
    {
        var token = await PairAsync("phone", ["operator.read"]);
        var near = new List<string> { "", " ", token + " ", " " + token, token + "\0", token[..^1], token[1..], token + token, token.ToUpperInvariant() + "x", new string('\uD800', 32) };
        for (var i = 0; i < token.Length; i++)
        {
            foreach (var c in new[] { '0', 'f', 'g', '\0', 'А', '\uFF10' })
                near.Add(token[..i] + c + token[(i + 1)..]);
        }
        foreach (var text in near.Where(text => text != token))
            Assert.False(await VerifyAsync("phone", text), text);
    }

    [Fact]
    public async Task Verify_AnyText_NeitherOpensNorThrows()
    {
        await PairAsync("phone", ["operator.read"]);
        for (var i = 0; i < RandomTexts; i++)
        {
            var text = string.Create(_random.Next(200), _random, static (span, random) =>
            {
                for (var at = 0; at < span.Length; at++)
                    span[at] = (char)random.Next(char.MaxValue + 1);
            });
            Assert.False(await VerifyAsync(_random.Next(2) == 0 ? "phone" : text, text));
        }
        Assert.False(await VerifyAsync("phone", new string('a', 500_000)));
    }

    [Fact]
    public async Task Verify_TokenOfAnotherDeviceRoleOrScope_IsRefused()
    {
        var token = await PairAsync("phone", ["operator.read"]);
        await PairAsync("laptop", ["operator.read"]);

        Assert.False(await VerifyAsync("laptop", token));
        Assert.False(await _tokens.VerifyAsync("phone", "node", [], token, default));
        Assert.False(await _tokens.VerifyAsync("phone", "operator", ["operator.write"], token, default));
        Assert.False(await _tokens.VerifyAsync("phone", "operator", ["operator.read", "operator.admin"], token, default));
    }

    [Fact]
    public async Task Verify_ThousandsOfScopes_AreLookedUpAndNotComparedPairwise()
    {
        // Quadratic, this is ten billion comparisons, and the test never ends.
        string[] scopes = [.. Enumerable.Range(0, 100_000).Select(n => "scope." + n)];
        var token = await PairAsync("phone", scopes);

        Assert.True(await _tokens.VerifyAsync("phone", "operator", [.. scopes.Reverse()], token, default).WithTimeout());
    }

    [Fact]
    public async Task Verify_FilesWithoutTokensOrWithOddOnes_OpenNothing()
    {
        await File.WriteAllTextAsync(_directory["paired.json"], """
            {"phone":{"deviceId":"phone","publicKey":"k","createdAtMs":1,"approvedAtMs":1,"roles":["operator"],"scopes":["operator.admin"]},
             "blank":{"deviceId":"blank","publicKey":"k","createdAtMs":1,"approvedAtMs":1,"roles":["operator"],
                      "tokens":{"operator":{"token":"","role":"operator","scopes":[],"createdAtMs":1}}},
             "gone":null}
            """);

        foreach (var device in new[] { "phone", "blank", "gone", "nobody" })
            Assert.False(await _tokens.VerifyAsync(device, "operator", [], "", default));
    }

    private Task<bool> VerifyAsync(string device, string token) => _tokens.VerifyAsync(device, "operator", ["operator.read"], token, default);

    private async Task<string> PairAsync(string device, string[] scopes)
    {
        var claim = new DeviceClaim { DeviceId = device, PublicKey = "key of " + device, Role = "operator", Scopes = scopes, IsLocal = true };
        return (await new DevicePairing(_store, _clock).AdmitAsync(claim, default)).Token!.Token;
    }
}
