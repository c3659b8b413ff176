using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using OpenClaw.Gateway.Core.Sessions.Locking;
using OpenClaw.Gateway.Core.Storage;
using OpenClaw.Gateway.Protocol.Devices;
using OpenClaw.Gateway.Protocol.Scopes;

namespace OpenClaw.Gateway.Core.Devices;

/// <summary>
/// One-time tokens by which a device pairs without anybody approving it: somebody on the host made one and gave it to the device. A
/// token is good for ten minutes and belongs to the first device that shows it.
/// </summary>
internal sealed class BootstrapTokens(string directory, LockFiles locks, TimeProvider time) : IDisposable
{
    /// <summary>How long a token is good; the peer's number.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <summary>Random bytes of a token.</summary>
    private const int TokenBytes = 32;

    private readonly string _path = Path.Combine(directory, "bootstrap.json");
    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <summary>A phone or the like: a node, and an operator that may talk to the agent but not administer.</summary>
    public static BootstrapProfile DefaultProfile { get; } = new()
    {
        Roles = [ConnectionRoles.Node, ConnectionRoles.Operator],
        Scopes = [OperatorScopes.Approvals, OperatorScopes.Read, OperatorScopes.Write],
    };

    /// <summary>Makes a token.</summary>
    public Task<string> IssueAsync(BootstrapProfile profile, CancellationToken cancellationToken) => ChangeAsync(
        rows =>
        {
            var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
            rows[token] = new BootstrapToken { Token = token, Ts = Now, IssuedAtMs = Now, Profile = profile };
            return (true, token);
        },
        cancellationToken);

    /// <summary>
    /// The token with what it allows, and from now on to this device alone; null when it is unknown, over, another device's, or does not allow
    /// this role and these scopes.
    /// </summary>
    public async Task<BootstrapToken?> RedeemAsync(string offered, DeviceIdentity device, string role, IReadOnlyList<string> scopes, CancellationToken cancellationToken)
    {
        // A stranger's guess costs no lock.
        if (Find(await ReadAsync(cancellationToken).ConfigureAwait(false), offered) is null)
            return null;
        return await ChangeAsync<BootstrapToken?>(
            rows =>
            {
                var row = Find(rows, offered);
                if (row is null || (row.PublicKey is not null && row.PublicKey != device.PublicKeyText)
                    || !row.Profile.Roles.Contains(role, StringComparer.Ordinal) || !ScopeSet.Covers(row.Profile.Scopes, scopes))
                {
                    return (false, null);
                }
                var isNew = row.PublicKey is null;
                rows[row.Token] = row = row with { DeviceId = device.DeviceId, PublicKey = device.PublicKeyText };
                return (isNew, row);
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The device is paired: the token opens nothing any more.</summary>
    public Task SpendAsync(string token, CancellationToken cancellationToken) => ChangeAsync(rows => (rows.Remove(token), true), cancellationToken);

    public void Dispose() => _gate.Dispose();

    private static BootstrapToken? Find(Dictionary<string, BootstrapToken> rows, string offered) =>
        rows.Values.FirstOrDefault(row => SecretComparer.Matches(offered, row.Token));

    private async Task<T> ChangeAsync<T>(Func<Dictionary<string, BootstrapToken>, (bool Changed, T Result)> change, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            using var held = await locks.AcquireAsync(LockFileKind.Devices, _path, cancellationToken).ConfigureAwait(false);
            var rows = await ReadAsync(cancellationToken).ConfigureAwait(false);
            var (changed, result) = change(rows);
            if (changed)
                await AtomicFile.WriteAsync(_path, JsonSerializer.SerializeToUtf8Bytes(rows, BootstrapJsonContext.Default.DictionaryStringBootstrapToken), CancellationToken.None).ConfigureAwait(false);
            return result;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>The live rows. What cannot be read opens nothing, and is replaced by the next token.</summary>
    private async Task<Dictionary<string, BootstrapToken>> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var file = File.OpenRead(_path);
            await using var closing = file.ConfigureAwait(false);
            var rows = await JsonSerializer.DeserializeAsync(file, BootstrapJsonContext.Default.DictionaryStringBootstrapToken, cancellationToken).ConfigureAwait(false);
            var oldest = Now - (long)Lifetime.TotalMilliseconds;
            return (rows ?? []).Where(row => row.Value is { } token && token.IssuedAtMs >= oldest && token.IssuedAtMs <= Now).ToDictionary(StringComparer.Ordinal);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return [];
        }
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();
}

/// <summary>What a bootstrap token gives.</summary>
internal sealed record BootstrapProfile
{
    public required IReadOnlyList<string> Roles { get; init; }

    public required IReadOnlyList<string> Scopes { get; init; }
}

/// <summary>A row of <c>devices/bootstrap.json</c>.</summary>
internal sealed record BootstrapToken
{
    public required string Token { get; init; }

    public long Ts { get; init; }

    public long IssuedAtMs { get; init; }

    public required BootstrapProfile Profile { get; init; }

    public string? DeviceId { get; init; }

    public string? PublicKey { get; init; }

    /// <summary>Never shows the token.</summary>
    public override string ToString() => $"BootstrapToken {{ DeviceId = {DeviceId} }}";
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, WriteIndented = true)]
[JsonSerializable(typeof(Dictionary<string, BootstrapToken>))]
internal sealed partial class BootstrapJsonContext : JsonSerializerContext;
