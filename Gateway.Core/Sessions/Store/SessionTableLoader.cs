using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Core.Configuration.Json5;
using OpenClaw.Gateway.Core.Configuration.Loading;
using OpenClaw.Gateway.Core.Sessions.Json;
using OpenClaw.Gateway.Core.Sessions.Keys;
using OpenClaw.Gateway.Core.Storage;

namespace OpenClaw.Gateway.Core.Sessions.Store;

/// <summary>
/// Moves tables between disk and memory. A file that cannot be parsed is never overwritten: it is copied aside before
/// the first write, and the newest backup that parses takes its place.
/// </summary>
internal sealed partial class SessionTableLoader(string agentId, TimeProvider time, ILogger logger)
{
    /// <summary>At most this often is the last good file copied to the backup: a copy per write would double all writes.</summary>
    private static readonly TimeSpan BackupInterval = TimeSpan.FromMinutes(10);

    private long? _lastBackup;

    /// <summary>Reads a file; a missing one is an empty table.</summary>
    /// <param name="path">The store file.</param>
    /// <param name="rules">How keys are spelled.</param>
    /// <param name="mayMoveAside">The caller holds the lock, so a broken file may be renamed.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<LoadedTable> LoadAsync(string path, SessionKeyRules rules, bool mayMoveAside, CancellationToken cancellationToken)
    {
        var stamp = FileStamp.Of(path);
        if (stamp.IsMissing)
            return new LoadedTable(SessionTable.Empty, rules, stamp, null);
        try
        {
            var content = await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false);
            return new LoadedTable(Parse(content, rules), rules, stamp, null);
        }
        catch (FileNotFoundException)
        {
            return new LoadedTable(SessionTable.Empty, rules, default, null);
        }
        catch (JsonException e)
        {
            return await RecoverAsync(path, rules, stamp, mayMoveAside, e.Message, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Replaces the file; from time to time its last good version becomes the backup.</summary>
    /// <param name="path">The store file.</param>
    /// <param name="table">The new content.</param>
    /// <param name="oldIsGood">The file as it is now could be read; a broken one must not replace a good backup.</param>
    /// <param name="replacing">Called with the stamp that the file will have, just before it does.</param>
    /// <param name="cancellationToken">Stops the writing; the old file stays then.</param>
    public async Task SaveAsync(string path, SessionTable table, bool oldIsGood, Action<FileStamp> replacing, CancellationToken cancellationToken)
    {
        if (oldIsGood && File.Exists(path) && (_lastBackup is not { } last || time.GetElapsedTime(last) >= BackupInterval))
        {
            var old = await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false);
            await AtomicFile.WriteAsync(BackupOf(path), old, cancellationToken).ConfigureAwait(false);
            _lastBackup = time.GetTimestamp();
        }
        await AtomicFile.WriteAsync(path, stream => SessionTableFormat.Write(table, stream), cancellationToken, replacing).ConfigureAwait(false);
    }

    /// <summary>The peer reads its store as JSON5, so people may have edited it as such; that is rare and costs a second parser.</summary>
    private SessionTable Parse(byte[] content, SessionKeyRules rules)
    {
        try
        {
            return SessionTableFormat.Parse(content, rules, agentId);
        }
        catch (JsonException)
        {
            if (!Json5Document.TryParse(Encoding.UTF8.GetString(content), out var document, out _) || Json5Conversion.ToJson(document) is not JsonObject root)
                throw;
            var strict = new ArrayBufferWriter<byte>(content.Length);
            using (var writer = new Utf8JsonWriter(strict, SessionsJson.Writer))
                root.WriteTo(writer);
            return SessionTableFormat.Parse(strict.WrittenMemory, rules, agentId);
        }
    }

    private async Task<LoadedTable> RecoverAsync(
        string path, SessionKeyRules rules, FileStamp stamp, bool mayMoveAside, string reason, CancellationToken cancellationToken)
    {
        var keptAs = (string?)null;
        if (mayMoveAside)
        {
            // A copy, so that a crash before the next write leaves the broken file where it can be found again. It is
            // named after the file's own time: trying again does not copy it again.
            keptAs = $"{path}.corrupt-{new DateTime(stamp.ModifiedTicks, DateTimeKind.Utc).ToString("yyyy-MM-dd'T'HH-mm-ss.fff'Z'", CultureInfo.InvariantCulture)}";
            File.Copy(path, keptAs, overwrite: true);
        }

        var backup = BackupOf(path);
        var table = SessionTable.Empty;
        var recoveredFrom = (string?)null;
        try
        {
            if (File.Exists(backup))
            {
                var content = await File.ReadAllBytesAsync(backup, cancellationToken).ConfigureAwait(false);
                table = Parse(content, rules);
                recoveredFrom = backup;
            }
        }
        catch (JsonException e)
        {
            LogBackupUnreadable(logger, backup, e.Message);
        }

        if (keptAs is null)
            LogUnreadable(logger, path, reason, recoveredFrom ?? "nothing");
        else
            LogMovedAside(logger, path, keptAs, recoveredFrom ?? "nothing");
        return new LoadedTable(table, rules, stamp, new StoreIncident(path, keptAs, recoveredFrom, reason));
    }

    private static string BackupOf(string path) => path + ".bak";

    [LoggerMessage(EventId = 5001, Level = LogLevel.Error, Message = "Session store {Path} is not readable ({Reason}); showing {Recovered} until the next write")]
    private static partial void LogUnreadable(ILogger logger, string path, string reason, string recovered);

    [LoggerMessage(EventId = 5002, Level = LogLevel.Error, Message = "Session store {Path} was not readable and is kept as {KeptAs}; continuing with {Recovered}")]
    private static partial void LogMovedAside(ILogger logger, string path, string keptAs, string recovered);

    [LoggerMessage(EventId = 5003, Level = LogLevel.Error, Message = "Backup {Path} of the session store is not readable either: {Reason}")]
    private static partial void LogBackupUnreadable(ILogger logger, string path, string reason);
}
