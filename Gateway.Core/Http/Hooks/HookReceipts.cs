using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Storage;

namespace OpenClaw.Gateway.Core.Http.Hooks;

/// <summary>What was answered to a hook call that carried an idempotency key.</summary>
/// <param name="Body">SHA-256 of the call's body.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Answer">The answer's JSON.</param>
internal sealed record HookReceipt(string Body, int Status, string Answer);

/// <summary>
/// Remembers hook calls by their idempotency keys, one small file each in <c>hooks/receipts</c>, so that a service that did not see our
/// answer can ask again, also after a restart. A receipt is written when the work is safe in its queue, and before the answer goes out.
/// </summary>
internal sealed class HookReceipts(GatewayEnvironment environment, TimeProvider time)
{
    /// <summary>Longest key that is taken, in characters.</summary>
    public const int MaxKeyLength = 256;

    /// <summary>Services that repeat a call do so within hours.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private const int SweepEvery = 256;

    private readonly SemaphoreSlim[] _gates = [.. Enumerable.Range(0, 64).Select(static _ => new SemaphoreSlim(1, 1))];
    private int _writes;

    private string Directory => Path.Combine(environment.StateDirectory, "hooks", "receipts");

    /// <summary>A name for the key on this path, which is also the seed of the ids that its work gets.</summary>
    public static string NameOf(string path, string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{path.Length}:{path}{key}")));

    public static string HashOf(ReadOnlyMemory<byte> body) => Convert.ToHexStringLower(SHA256.HashData(body.Span));

    /// <summary>Keeps other calls of the same key out until disposed.</summary>
    public async Task<IDisposable> EnterAsync(string name, CancellationToken cancellationToken)
    {
        var gate = _gates[Convert.FromHexString(name.AsSpan(0, 2))[0] % _gates.Length];
        await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new Place(gate);
    }

    public async Task<HookReceipt?> FindAsync(string name, CancellationToken cancellationToken)
    {
        var file = new FileInfo(PathOf(name));
        if (!file.Exists || time.GetUtcNow() - file.LastWriteTimeUtc > Lifetime)
            return null;
        try
        {
            return JsonSerializer.Deserialize(await File.ReadAllBytesAsync(file.FullName, cancellationToken).ConfigureAwait(false), HookReceiptJson.Default.HookReceipt);
        }
        catch (Exception e) when (e is JsonException or FileNotFoundException)
        {
            // Not one of ours, or just swept away.
            return null;
        }
    }

    /// <exception cref="IOException">The disk refused.</exception>
    public async Task WriteAsync(string name, HookReceipt receipt)
    {
        await AtomicFile.WriteAsync(PathOf(name), JsonSerializer.SerializeToUtf8Bytes(receipt, HookReceiptJson.Default.HookReceipt)).ConfigureAwait(false);
        if (Interlocked.Increment(ref _writes) % SweepEvery == 1)
            Sweep();
    }

    private void Sweep()
    {
        try
        {
            foreach (var file in new DirectoryInfo(Directory).EnumerateFiles().Where(file => time.GetUtcNow() - file.LastWriteTimeUtc > Lifetime))
                file.Delete();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The receipt is written, which is what counts; the next sweep tries again, and old ones are not believed.
        }
    }

    private string PathOf(string name) => Path.Combine(Directory, name + ".json");

    private sealed class Place(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(HookReceipt))]
internal sealed partial class HookReceiptJson : JsonSerializerContext;
