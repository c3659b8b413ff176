using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Core.Sessions.Locking;
using OpenClaw.Gateway.Core.Storage;

namespace OpenClaw.Gateway.Core.Devices;

/// <summary>
/// The two device files, kept in memory and written through. A file changed by another program (a command on the host, a person) is
/// read again; a file that does not parse is moved aside, never overwritten. Our own processes keep each other out while they write.
/// </summary>
internal sealed partial class DeviceStore : IDisposable
{
    private readonly KeyedFile<PairedDevice> _paired;
    private readonly KeyedFile<PairingRequest> _pending;
    private readonly LockFiles _locks;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private DeviceState _state = new([], []);

    public DeviceStore(string directory, LockFiles locks, TimeProvider time, ILogger<DeviceStore> logger)
    {
        _locks = locks;
        void OnBroken(string path, string aside, string reason) => LogBroken(logger, path, aside, reason);
        _paired = new(Path.Combine(directory, "paired.json"), DeviceFilesJsonContext.Default.DictionaryStringPairedDevice, time, OnBroken);
        _pending = new(Path.Combine(directory, "pending.json"), DeviceFilesJsonContext.Default.DictionaryStringPairingRequest, time, OnBroken);
    }

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
            using var held = await _locks.AcquireAsync(LockFileKind.Devices, _paired.Path, cancellationToken).ConfigureAwait(false);
            current = Load();
            (next, result) = change(current);
            // Approved devices first: a kill in between leaves a request that is recognised as approved.
            await _paired.WriteAsync(next.Paired).ConfigureAwait(false);
            _state = _state with { Paired = next.Paired };
            await _pending.WriteAsync(next.Pending).ConfigureAwait(false);
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
        var before = _state;
        var found = new DeviceState(_paired.Read(), _pending.Read());
        if (IsSame(before, found))
            return before;
        _state = found;
        ChangedElsewhere?.Invoke(before, found);
        return found;
    }

    [LoggerMessage(1201, LogLevel.Error, "{Path} is not valid ({Reason}); kept as {Aside}, starting without it. Devices have to pair again.")]
    private static partial void LogBroken(ILogger logger, string path, string aside, string reason);
}
