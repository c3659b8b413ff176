using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Core.Storage;

namespace OpenClaw.Gateway.Core.Devices;

/// <summary>
/// The two device files, kept in memory and written through. A file changed by another program (the peer's CLI, a person) is read
/// again; a file that does not parse is moved aside, never overwritten.
/// </summary>
internal sealed partial class DeviceStore(string directory, TimeProvider time, ILogger<DeviceStore> logger) : IDisposable
{
    private readonly string _pairedPath = Path.Combine(directory, "paired.json");
    private readonly string _pendingPath = Path.Combine(directory, "pending.json");
    private readonly SemaphoreSlim _gate = new(1, 1);
    private FileStamp _pairedStamp;
    private FileStamp _pendingStamp;
    private ImmutableDictionary<string, PairedDevice> _paired = [];
    private ImmutableDictionary<string, PairingRequest> _pending = [];

    /// <summary>Reads and changes both files as one step. <paramref name="change"/> returns what is to be stored.</summary>
    public async Task<T> UpdateAsync<T>(Func<DeviceState, (DeviceState Next, T Result)> change, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var current = Load();
            var (next, result) = change(current);
            if (!ReferenceEquals(next.Paired, current.Paired))
                _pairedStamp = await SaveAsync(_pairedPath, next.Paired, DeviceFilesJsonContext.Default.DictionaryStringPairedDevice, cancellationToken).ConfigureAwait(false);
            if (!ReferenceEquals(next.Pending, current.Pending))
                _pendingStamp = await SaveAsync(_pendingPath, next.Pending, DeviceFilesJsonContext.Default.DictionaryStringPairingRequest, cancellationToken).ConfigureAwait(false);
            (_paired, _pending) = (next.Paired, next.Pending);
            return result;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private DeviceState Load()
    {
        _paired = Refresh(_pairedPath, ref _pairedStamp, _paired, DeviceFilesJsonContext.Default.DictionaryStringPairedDevice);
        _pending = Refresh(_pendingPath, ref _pendingStamp, _pending, DeviceFilesJsonContext.Default.DictionaryStringPairingRequest);
        return new DeviceState(_paired, _pending);
    }

    private ImmutableDictionary<string, T> Refresh<T>(
        string path, ref FileStamp stamp, ImmutableDictionary<string, T> known, JsonTypeInfo<Dictionary<string, T>> type)
    {
        var found = FileStamp.Of(path);
        if (found == stamp)
            return known;
        stamp = found;
        if (!found.Exists)
            return ImmutableDictionary<string, T>.Empty;
        try
        {
            using var file = File.OpenRead(path);
            return (JsonSerializer.Deserialize(file, type) ?? []).ToImmutableDictionary(StringComparer.Ordinal);
        }
        catch (JsonException e)
        {
            var aside = $"{path}.broken-{time.GetUtcNow().ToUnixTimeMilliseconds()}";
            File.Move(path, aside);
            LogBroken(logger, path, aside, e.Message);
            stamp = default;
            return ImmutableDictionary<string, T>.Empty;
        }
    }

    private static async Task<FileStamp> SaveAsync<T>(
        string path, ImmutableDictionary<string, T> rows, JsonTypeInfo<Dictionary<string, T>> type, CancellationToken cancellationToken)
    {
        AtomicFile.CreateDirectory(Path.GetDirectoryName(path)!);
        await AtomicFile.WriteAsync(path, JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, T>(rows), type), cancellationToken).ConfigureAwait(false);
        return FileStamp.Of(path);
    }

    [LoggerMessage(1201, LogLevel.Error, "{Path} is not valid ({Reason}); kept as {Aside}, starting without it. Devices have to pair again.")]
    private static partial void LogBroken(ILogger logger, string path, string aside, string reason);

    private readonly record struct FileStamp(bool Exists, long Length, DateTime WrittenUtc)
    {
        public static FileStamp Of(string path)
        {
            var info = new FileInfo(path);
            return info.Exists ? new FileStamp(true, info.Length, info.LastWriteTimeUtc) : default;
        }
    }
}

/// <summary>Content of both files.</summary>
internal sealed record DeviceState(ImmutableDictionary<string, PairedDevice> Paired, ImmutableDictionary<string, PairingRequest> Pending);
