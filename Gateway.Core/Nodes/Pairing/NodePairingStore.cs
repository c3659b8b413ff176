using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Core.Sessions.Locking;
using OpenClaw.Gateway.Core.Storage;

namespace OpenClaw.Gateway.Core.Nodes.Pairing;

/// <summary>The two node files. Everything said of the device files holds for them.</summary>
internal sealed partial class NodePairingStore : IDisposable
{
    private readonly KeyedFile<PairedNode> _paired;
    private readonly KeyedFile<NodePairingRequest> _pending;
    private readonly LockFiles _locks;
    private readonly SemaphoreSlim _gate = new(1, 1);

    public NodePairingStore(string directory, LockFiles locks, TimeProvider time, ILogger<NodePairingStore> logger)
    {
        _locks = locks;
        void OnBroken(string path, string aside, string reason) => LogBroken(logger, path, aside, reason);
        _paired = new(Path.Combine(directory, "paired.json"), NodeFilesJsonContext.Default.DictionaryStringPairedNode, time, OnBroken);
        _pending = new(Path.Combine(directory, "pending.json"), NodeFilesJsonContext.Default.DictionaryStringNodePairingRequest, time, OnBroken);
    }

    /// <summary>Where an instance keeps the files.</summary>
    public static string DirectoryIn(string stateDirectory) => Path.Combine(stateDirectory, "nodes");

    /// <summary>Reads and changes both files as one step; <paramref name="change"/> may be asked twice, and only the last answer counts.</summary>
    /// <exception cref="IOException">The disk refused; nothing was changed.</exception>
    /// <exception cref="LockTimeoutException">Another process did not finish writing.</exception>
    public async Task<T> UpdateAsync<T>(Func<NodePairingState, (NodePairingState Next, T Result)> change, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var current = Load();
            var (next, result) = change(current);
            if (ReferenceEquals(next.Paired, current.Paired) && ReferenceEquals(next.Pending, current.Pending))
                return result;
            using var held = await _locks.AcquireAsync(LockFileKind.Devices, _paired.Path, cancellationToken).ConfigureAwait(false);
            (next, result) = change(Load());
            // Approved nodes first: a kill in between leaves a request that is recognised as approved.
            await _paired.WriteAsync(next.Paired).ConfigureAwait(false);
            await _pending.WriteAsync(next.Pending).ConfigureAwait(false);
            return result;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private NodePairingState Load() => new(_paired.Read(), _pending.Read());

    [LoggerMessage(1211, LogLevel.Error, "{Path} is not valid ({Reason}); kept as {Aside}, starting without it. Nodes have to pair again.")]
    private static partial void LogBroken(ILogger logger, string path, string aside, string reason);
}
