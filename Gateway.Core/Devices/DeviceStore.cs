using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Core.Sessions.Locking;
using OpenClaw.Gateway.Core.Storage;

namespace OpenClaw.Gateway.Core.Devices;

/// <summary>
/// The two device files, kept in memory and written through. A file changed by another program (a command on the host, a person) is
/// read again; a file that does not parse is moved aside, never overwritten. Our own processes keep each other out while they write.
/// </summary>
internal sealed partial class DeviceStore(string directory, LockFiles locks, TimeProvider time, ILogger<DeviceStore> logger) : IDisposable
{
    private readonly string _pairedPath = Path.Combine(directory, "paired.json");
    private readonly string _pendingPath = Path.Combine(directory, "pending.json");
    private readonly SemaphoreSlim _gate = new(1, 1);
    private FileStamp _pairedStamp;
    private FileStamp _pendingStamp;
    private DeviceState _state = new([], []);

    /// <summary>Where an instance keeps the files.</summary>
    public static string DirectoryIn(string stateDirectory) => Path.Combine(stateDirectory, "devices");

    /// <summary>Another program changed a file: what was known before, and what is known now. Handlers must not call the store.</summary>
    public event Action<DeviceState, DeviceState>? ChangedElsewhere;

    /// <summary>
    /// Reads and changes both files as one step. <paramref name="change"/> returns what is to be stored; it may be asked twice, and
    /// only the last answer counts.
    /// </summary>
    /// <exception cref="IOException">The disk refused; nothing was changed.</exception>
    /// <exception cref="LockTimeoutException">Another process did not finish writing.</exception>
    public async Task<T> UpdateAsync<T>(Func<DeviceState, (DeviceState Next, T Result)> change, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var current = Load();
            var (next, result) = change(current);
            if (IsSame(next, current))
                return result;
            using var held = await locks.AcquireAsync(LockFileKind.Devices, _pairedPath, cancellationToken).ConfigureAwait(false);
            current = Load();
            (next, result) = change(current);
            // Approved devices first: a kill in between leaves a request that is recognised as approved.
            if (!ReferenceEquals(next.Paired, current.Paired))
                _pairedStamp = await SaveAsync(_pairedPath, next.Paired, DeviceFilesJsonContext.Default.DictionaryStringPairedDevice).ConfigureAwait(false);
            _state = _state with { Paired = next.Paired };
            if (!ReferenceEquals(next.Pending, current.Pending))
                _pendingStamp = await SaveAsync(_pendingPath, next.Pending, DeviceFilesJsonContext.Default.DictionaryStringPairingRequest).ConfigureAwait(false);
            _state = next;
            return result;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private static bool IsSame(DeviceState next, DeviceState current) => ReferenceEquals(next.Paired, current.Paired) && ReferenceEquals(next.Pending, current.Pending);

    private DeviceState Load()
    {
        var paired = Refresh(_pairedPath, ref _pairedStamp, _state.Paired, DeviceFilesJsonContext.Default.DictionaryStringPairedDevice);
        var pending = Refresh(_pendingPath, ref _pendingStamp, _state.Pending, DeviceFilesJsonContext.Default.DictionaryStringPairingRequest);
        var before = _state;
        if (IsSame(before, new DeviceState(paired, pending)))
            return before;
        _state = new DeviceState(paired, pending);
        ChangedElsewhere?.Invoke(before, _state);
        return _state;
    }

    private ImmutableDictionary<string, T> Refresh<T>(
        string path, ref FileStamp stamp, ImmutableDictionary<string, T> known, JsonTypeInfo<Dictionary<string, T>> type)
    {
        var found = FileStamp.Of(path);
        if (found == stamp)
            return known;
        stamp = found;
        if (found.IsMissing)
            return ImmutableDictionary<string, T>.Empty;
        try
        {
            using var file = File.OpenRead(path);
            return (JsonSerializer.Deserialize(file, type) ?? []).Where(static row => row.Value is not null).ToImmutableDictionary(StringComparer.Ordinal);
        }
        catch (FileNotFoundException)
        {
            stamp = default;
            return ImmutableDictionary<string, T>.Empty;
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

    /// <summary>Not cancelled half way: a client that hangs up does not decide which of the two files is written.</summary>
    private static async Task<FileStamp> SaveAsync<T>(string path, ImmutableDictionary<string, T> rows, JsonTypeInfo<Dictionary<string, T>> type)
    {
        await AtomicFile.WriteAsync(path, JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, T>(rows), type), CancellationToken.None).ConfigureAwait(false);
        return FileStamp.Of(path);
    }

    [LoggerMessage(1201, LogLevel.Error, "{Path} is not valid ({Reason}); kept as {Aside}, starting without it. Devices have to pair again.")]
    private static partial void LogBroken(ILogger logger, string path, string aside, string reason);
}
