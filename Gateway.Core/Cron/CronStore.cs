using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Core.Agents.Options;
using OpenClaw.Gateway.Core.Agents.Tools;
using OpenClaw.Gateway.Core.Cluster;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Sessions.Locking;
using OpenClaw.Gateway.Core.Storage;

namespace OpenClaw.Gateway.Core.Cron;

/// <summary>
/// The file of jobs, in the peer's form and place, with a copy beside it. Every change is made on what is in the file, under a lock that all
/// processes on the directory heed, and is on the disk before anybody is told. A file that is torn is set aside and its copy taken.
/// </summary>
internal sealed partial class CronStore(ConfigStore configuration, GatewayEnvironment environment, LockFiles locks, TimeProvider time, ILogger<CronStore> logger) : IDisposable
{
    private static readonly LockFileKind LockKind = LockFileKind.Store with { TimeoutMessage = static (_, _, path) => $"timeout acquiring cron store lock: {path}" };

    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, AllowDuplicateProperties = false };

    private readonly SemaphoreSlim _gate = new(1, 1);
    private (string Path, FileStamp Stamp, List<CronJob> Jobs)? _known;

    /// <summary>Raised after each change of this process.</summary>
    public Signal Changed { get; } = new();

    public string FilePath => configuration.Current.Root.Section("cron").Text("store") is { } store
        ? System.IO.Path.GetFullPath(HomePath.Expand(store, environment.HomeDirectory))
        : System.IO.Path.Combine(environment.StateDirectory, "cron", "jobs.json");

    /// <summary>Looks at the jobs.</summary>
    /// <exception cref="CronStoreException">The file cannot be understood, nor its copy.</exception>
    public async Task<T> ReadAsync<T>(Func<IReadOnlyList<CronJob>, T> read, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return read(await LoadAsync(cancellationToken).ConfigureAwait(false));
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Changes the jobs; nothing is written when the change says that it is none.</summary>
    /// <exception cref="CronStoreException">The file cannot be understood, nor its copy.</exception>
    public async Task<T> ChangeAsync<T>(Func<List<CronJob>, (bool Changed, T Result)> change, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var path = FilePath;
            using var held = await locks.AcquireAsync(LockKind, path, cancellationToken).ConfigureAwait(false);
            var jobs = await LoadAsync(cancellationToken).ConfigureAwait(false);
            // What fails in the midst must not be seen.
            _known = null;
            var (changed, result) = change(jobs);
            if (changed)
                await SaveAsync(path, jobs).ConfigureAwait(false);
            _known = (path, FileStamp.Of(path), jobs);
            if (changed)
                Changed.Raise();
            return result;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private async Task<List<CronJob>> LoadAsync(CancellationToken cancellationToken)
    {
        var path = FilePath;
        var stamp = FileStamp.Of(path);
        if (_known is { } known && known.Path == path && known.Stamp == stamp)
            return known.Jobs;
        var jobs = stamp.IsMissing ? [] : await ReadAsync(path, cancellationToken).ConfigureAwait(false);
        _known = (path, stamp, jobs);
        return jobs;
    }

    private async Task<List<CronJob>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var bytes = await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false);
        if (Parse(bytes) is { } jobs)
            return jobs;
        var copy = path + ".bak";
        if (!File.Exists(copy) || Parse(await File.ReadAllBytesAsync(copy, cancellationToken).ConfigureAwait(false)) is not { } kept)
            throw new CronStoreException($"Failed to parse cron store at {path}; it is left as it is");
        var aside = $"{path}.broken-{time.GetUtcNow().ToUnixTimeMilliseconds()}";
        await AtomicFile.WriteAsync(aside, bytes, cancellationToken).ConfigureAwait(false);
        await SaveAsync(path, kept).ConfigureAwait(false);
        LogBroken(logger, path, aside);
        return kept;
    }

    private static async Task SaveAsync(string path, IReadOnlyList<CronJob> jobs)
    {
        var root = new JsonObject { ["version"] = 1, ["jobs"] = new JsonArray([.. jobs.Select(static job => job.Json.DeepClone())]) };
        var bytes = Encoding.UTF8.GetBytes(ToolJson.Indented(root));
        await AtomicFile.WriteAsync(path, bytes, CancellationToken.None).ConfigureAwait(false);
        await AtomicFile.WriteAsync(path + ".bak", bytes, CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Null when it is not JSON. What is no job stays out, as with the peer.</summary>
    private static List<CronJob>? Parse(byte[] bytes)
    {
        try
        {
            var root = JsonNode.Parse(bytes, documentOptions: Lenient) as JsonObject;
            var list = root?["jobs"] as JsonArray ?? [];
            return [.. list.OfType<JsonObject>().ToList().Select(static json => new CronJob(CronRepair.Of(json.DeepClone().AsObject())))];
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [LoggerMessage(1851, LogLevel.Error, "The file of cron jobs {Path} cannot be read; its copy is used, and it is kept as {Aside}.")]
    private static partial void LogBroken(ILogger logger, string path, string aside);
}

/// <summary>The file of jobs cannot be understood; the message says so to people.</summary>
internal sealed class CronStoreException(string message) : IOException(message);
