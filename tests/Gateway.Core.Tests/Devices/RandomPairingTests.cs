using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using OpenClaw.Gateway.Core.Devices;
using OpenClaw.Gateway.Core.Sessions.Locking;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Devices;

/// <summary>Ten thousand steps of fifty devices in random order: the files, a store opened anew and the model always say the same.</summary>
public sealed class RandomPairingTests : IDisposable
{
    private const int Steps = 10_000;
    private const int Devices = 50;

    private static readonly string[] Roles = ["operator", "node"];
    private static readonly string[] Scopes = ["operator.read", "operator.write", "operator.approvals", "operator.pairing", "operator.admin"];

    private readonly TempDirectory _directory = new(inMemory: true);
    private readonly ManualTimeProvider _clock = new();
    private readonly Random _random = new(20261121);
    private readonly PairingModel _model = new();
    private readonly List<string> _deadTokens = ["", "0", new string('f', 32)];
    private DeviceStore _store;
    private int _decisions;

    public RandomPairingTests() => _store = Open();

    public void Dispose()
    {
        _store.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task RandomSteps_StoreAndModelAgree()
    {
        for (var step = 0; step < Steps; step++)
        {
            try
            {
                await StepAsync();
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
    }

    private Task StepAsync() => _random.Next(100) switch
    {
        < 40 => ConnectAsync(),
        < 60 => ConnectByTokenAsync(),
        < 70 => DecideAsync(approve: true),
        < 74 => DecideAsync(approve: false),
        < 84 => RotateAsync(),
        < 90 => RevokeAsync(),
        < 98 => PassTimeAsync(),
        _ => ReopenAsync(),
    };

    private async Task ConnectAsync()
    {
        var (device, role, scopes, local) = (AnyDevice(), Any(Roles), AnyScopes(), _random.Next(3) == 0);
        _model.Expire(Now);
        var covered = _model.IsCovered(device, role, scopes);
        var waiting = _model.WaitingOf(device);

        var admission = await new DevicePairing(_store, _clock).AdmitAsync(Claim(device, role, scopes, local), default);

        if (!covered && (waiting is not null || !local))
        {
            Assert.Null(admission.Token);
            Assert.Equal(waiting is null, admission.IsNew);
            Assert.Equal(waiting?.Id ?? admission.Waiting!.RequestId, admission.Waiting!.RequestId);
            if (waiting is null)
                _model.Pending.Add(admission.Waiting.RequestId, new PairingModel.Request(admission.Waiting.RequestId, device, role, scopes, Now));
            return;
        }
        Assert.Null(admission.Waiting);
        Assert.Equal(covered ? 0 : 1, admission.Approved.Length);
        var keeps = covered && _model.KeepsToken(device, role, scopes);
        _model.Grant(device, role, scopes);
        Hold(device, role, scopes, admission.Token!.Token, keeps);
    }

    private async Task ConnectByTokenAsync()
    {
        var (device, role, scopes) = (AnyDevice(), Any(Roles), AnyScopes());
        var offered = _random.Next(3) == 0 ? Any(_deadTokens) : AnyLiveToken(_random.Next(4) == 0 ? AnyDevice() : device) ?? Any(_deadTokens);

        var opened = await new DeviceTokens(_store, _clock).VerifyAsync(device, role, scopes, offered, default);

        Assert.Equal(_model.Opens(device, role, scopes, offered), opened);
    }

    private async Task DecideAsync(bool approve)
    {
        _model.Expire(Now);
        var id = _model.Pending.Count > 0 && _random.Next(10) > 0 ? Any([.. _model.Pending.Keys]) : Guid.NewGuid().ToString();
        var requests = new PairingRequests(_store, _clock);
        var decision = approve ? await requests.ApproveAsync(id, GrantAuthority.Host, default) : await requests.RejectAsync(id, default);

        Assert.Equal(_model.Pending.TryGetValue(id, out var request) ? PairingDecisionStatus.Done : PairingDecisionStatus.Unknown, decision.Status);
        if (request is null)
            return;
        _decisions++;
        _model.Pending.Remove(id);
        if (!approve)
            return;
        _model.Grant(request.DeviceId, request.Role, request.Scopes);
        Hold(request.DeviceId, request.Role, request.Scopes, decision.Device!.TokenFor(request.Role)!.Token, keeps: false);
    }

    private async Task RotateAsync()
    {
        var (device, role) = (AnyDevice(), Any(Roles));
        var scopes = _random.Next(2) == 0 ? AnyScopes() : null;
        var change = await new DeviceTokens(_store, _clock).RotateAsync(device, role, scopes, GrantAuthority.Host, default);

        if (!_model.Paired.TryGetValue(device, out var known) || !known.Roles.Contains(role))
        {
            Assert.Equal(TokenChangeStatus.Unknown, change.Status);
            return;
        }
        string[] wanted = scopes ?? (known.Tokens.TryGetValue(role, out var old) ? [.. old.Scopes] : [.. known.Scopes]);
        Assert.Equal(_model.MayRotateTo(device, wanted) ? TokenChangeStatus.Done : TokenChangeStatus.Denied, change.Status);
        if (change.Status is not TokenChangeStatus.Done)
            return;
        Hold(device, role, wanted, change.Token!.Token, keeps: false);
        if (scopes is not null)
            known.Scopes = [.. scopes];
    }

    private async Task RevokeAsync()
    {
        var (device, role) = (AnyDevice(), Any(Roles));
        var change = await new DeviceTokens(_store, _clock).RevokeAsync(device, role, GrantAuthority.Host, default);

        var token = _model.Paired.GetValueOrDefault(device)?.Tokens.GetValueOrDefault(role);
        Assert.Equal(token is null ? TokenChangeStatus.Unknown : TokenChangeStatus.Done, change.Status);
        if (token is null)
            return;
        token.Revoked = true;
        _deadTokens.Add(token.Text);
    }

    private Task PassTimeAsync()
    {
        _clock.Advance(TimeSpan.FromSeconds(_random.Next(40)));
        return Task.CompletedTask;
    }

    /// <summary>The gateway restarts.</summary>
    private async Task ReopenAsync()
    {
        _store.Dispose();
        _store = Open();
        await CompareAsync();
    }

    private async Task CompareAsync()
    {
        foreach (var file in Directory.GetFiles(_directory.Path))
            JsonDocument.Parse(await File.ReadAllBytesAsync(file)).Dispose();
        using var fresh = Open();
        foreach (var store in new[] { _store, fresh })
        {
            var state = await new PairingRequests(store, _clock).ListAsync(default);
            _model.Expire(Now);
            Assert.Equal(_model.Pending.Keys.Order(), state.Pending.Keys.Order());
            Assert.Equal(_model.Paired.Keys.Order(), state.Paired.Keys.Order());
            foreach (var (id, device) in _model.Paired)
            {
                var stored = state.Paired[id];
                Assert.Equal(device.Roles.Order(), stored.AllRoles.Order());
                Assert.Equal(device.Scopes.Order(StringComparer.Ordinal), stored.Scopes!.Order(StringComparer.Ordinal));
                Assert.Equal(device.Tokens.Keys.Order(), stored.Tokens!.Keys.Order());
                foreach (var (role, token) in device.Tokens)
                {
                    Assert.Equal((token.Text, token.Revoked), (stored.Tokens[role].Token, stored.Tokens[role].RevokedAtMs is not null));
                    Assert.Equal(token.Scopes, stored.Tokens[role].Scopes);
                }
            }
        }
    }

    /// <summary>A token that is handed out is the old one exactly when the model says so.</summary>
    private void Hold(string device, string role, IReadOnlyList<string> scopes, string text, bool keeps)
    {
        var tokens = _model.Paired[device].Tokens;
        var old = tokens.GetValueOrDefault(role);
        Assert.Equal(keeps, old?.Text == text);
        if (keeps)
            return;
        if (old is not null)
            _deadTokens.Add(old.Text);
        tokens[role] = new PairingModel.Token(text, scopes);
    }

    private string? AnyLiveToken(string device)
    {
        var live = _model.Paired.GetValueOrDefault(device)?.Tokens.Values.Where(token => !token.Revoked).Select(token => token.Text).ToArray() ?? [];
        return live.Length == 0 ? null : Any(live);
    }

    private DeviceStore Open() => new(_directory.Path, new LockFiles(TimeProvider.System, "host"), _clock, NullLogger<DeviceStore>.Instance);

    private long Now => _clock.GetUtcNow().ToUnixTimeMilliseconds();

    private string AnyDevice() => $"device-{_random.Next(Devices)}";

    private string[] AnyScopes() => [.. Scopes.Where(_ => _random.Next(3) == 0)];

    private T Any<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];

    private static DeviceClaim Claim(string device, string role, string[] scopes, bool local) =>
        new() { DeviceId = device, PublicKey = "key of " + device, Role = role, Scopes = scopes, ClientId = "test", IsLocal = local };
}
