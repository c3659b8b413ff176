using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Agents.Tools;
using OpenClaw.Gateway.Core.Storage;

namespace OpenClaw.Gateway.Core.Cron;

/// <summary>How runs of jobs ended: one file per job beside the file of jobs, one line per run. Long ones lose their beginning.</summary>
internal sealed class CronRunLog(CronStore store) : IDisposable
{
    /// <summary>A file that is longer is cut; the peer's number.</summary>
    private const long MaxBytes = 2_000_000;

    /// <summary>Lines that a cut leaves; the peer's number.</summary>
    private const int KeptLines = 2000;

    /// <summary>A file beyond this is not ours, and is not read.</summary>
    private const long MaxReadBytes = 64 * 1024 * 1024;

    private const int MaxIdChars = 128;

    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <summary>Adds a line, unless the last one is of the same run already.</summary>
    public async Task AppendAsync(string jobId, JsonObject entry)
    {
        if (PathOf(jobId) is not { } path)
            return;
        await _gate.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            AtomicFile.CreateDirectory(Path.GetDirectoryName(path)!);
            var last = (await ReadAsync(jobId, 1, CancellationToken.None).ConfigureAwait(false)).LastOrDefault();
            if (last?.Number("runAtMs") is { } known && known == entry.Number("runAtMs"))
                return;
            var line = Encoding.UTF8.GetBytes(ToolJson.Compact(entry) + "\n");
            var file = AtomicFile.Create(path, FileMode.Append);
            await using (file.ConfigureAwait(false))
            {
                // A line that a crash tore must not take this one with it.
                if (!await EndsWithLineAsync(path).ConfigureAwait(false))
                    await file.WriteAsync("\n"u8.ToArray()).ConfigureAwait(false);
                await file.WriteAsync(line).ConfigureAwait(false);
            }
            if (new FileInfo(path).Length > MaxBytes)
                await CutAsync(path).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>The last runs of a job, oldest first; none of one that is not known.</summary>
    public async Task<IReadOnlyList<JsonObject>> ReadAsync(string jobId, int limit, CancellationToken cancellationToken)
    {
        if (PathOf(jobId) is not { } path || new FileInfo(path) is not { Exists: true, Length: <= MaxReadBytes })
            return [];
        var runs = new Queue<JsonObject>();
        await foreach (var line in File.ReadLinesAsync(path, cancellationToken).ConfigureAwait(false))
        {
            if (Parse(line) is not { } run || run.Text("action") is not (null or "finished"))
                continue;
            runs.Enqueue(run);
            if (runs.Count > limit)
                runs.Dequeue();
        }
        return [.. runs];
    }

    public void Dispose() => _gate.Dispose();

    /// <summary>The id becomes a file's name, so not every text is one.</summary>
    private string? PathOf(string jobId) =>
        jobId.Length is > 0 and <= MaxIdChars && jobId.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
            ? Path.Combine(Path.GetDirectoryName(store.FilePath)!, "runs", jobId + ".jsonl")
            : null;

    private static async Task<bool> EndsWithLineAsync(string path)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        await using (file.ConfigureAwait(false))
        {
            if (file.Length == 0)
                return true;
            file.Seek(-1, SeekOrigin.End);
            return file.ReadByte() == '\n';
        }
    }

    private static async Task CutAsync(string path)
    {
        var lines = (await File.ReadAllLinesAsync(path).ConfigureAwait(false)).Where(static line => line.Length > 0).TakeLast(KeptLines);
        await AtomicFile.WriteAsync(path, Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"), CancellationToken.None).ConfigureAwait(false);
    }

    private static JsonObject? Parse(string line)
    {
        try
        {
            return line.Length == 0 ? null : JsonNode.Parse(line) as JsonObject;
        }
        catch (JsonException)
        {
            // A torn line.
            return null;
        }
    }
}
