using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging;

namespace OpenClaw.Channels.Telegram.Polling;

/// <summary>
/// The peer's note of the last update that was handled, so that a gateway of either kind goes on where the other stopped. Ours does not depend on it:
/// what is stored is stored once.
/// </summary>
/// <param name="stateDirectory">Null where there is none; nothing is kept then.</param>
/// <param name="accountId">The account.</param>
/// <param name="logger">Where trouble is told.</param>
internal sealed partial class OffsetFile(string? stateDirectory, string accountId, ILogger logger)
{
    private readonly string? _path = stateDirectory is null ? null : Path.Combine(stateDirectory, "telegram", $"update-offset-{NameOf(accountId)}.json");
    private long? _written;

    /// <summary>The last update that was handled by whoever wrote the file; null when that is not known.</summary>
    public async Task<long?> ReadAsync(CancellationToken cancellationToken)
    {
        if (_path is null || !File.Exists(_path))
            return null;
        try
        {
            var bytes = await File.ReadAllBytesAsync(_path, cancellationToken).ConfigureAwait(false);
            return _written = JsonSerializer.Deserialize(bytes, OffsetJsonContext.Default.UpdateOffset) is { Version: 1, LastUpdateId: >= 0 } read ? read.LastUpdateId : null;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            LogUnreadable(logger, e, accountId);
            return null;
        }
    }

    /// <summary>Notes it. A failure is told and nothing else: the API knows too.</summary>
    public async Task WriteAsync(long lastUpdateId, CancellationToken cancellationToken)
    {
        if (_path is null || _written == lastUpdateId)
            return;
        var temporary = $"{_path}.{Guid.NewGuid():N}.tmp";
        try
        {
            CreateDirectory(Path.GetDirectoryName(_path)!);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            var file = new FileStream(temporary, options);
            await using (file.ConfigureAwait(false))
            {
                await JsonSerializer.SerializeAsync(file, new UpdateOffset(1, lastUpdateId), OffsetJsonContext.Default.UpdateOffset, cancellationToken).ConfigureAwait(false);
                file.Flush(flushToDisk: true);
            }
            File.Move(temporary, _path, overwrite: true);
            _written = lastUpdateId;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogUnwritable(logger, e, accountId);
        }
        finally
        {
            // Only after a failure is there anything left.
            if (File.Exists(temporary))
                File.Delete(temporary);
        }
    }

    private static void CreateDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static string NameOf(string accountId) => string.Concat(accountId.Select(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' ? c : '_'));

    [LoggerMessage(8301, LogLevel.Warning, "telegram/{Account}: the file of its update offset cannot be read and is passed over.")]
    private static partial void LogUnreadable(ILogger logger, Exception exception, string account);

    [LoggerMessage(8302, LogLevel.Warning, "telegram/{Account}: the file of its update offset cannot be written.")]
    private static partial void LogUnwritable(ILogger logger, Exception exception, string account);
}

/// <summary>What the file holds.</summary>
internal sealed record UpdateOffset(int Version, long LastUpdateId);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(UpdateOffset))]
internal sealed partial class OffsetJsonContext : JsonSerializerContext;
