using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Presence;
using OpenClaw.Gateway.Core.Storage;
using OpenClaw.Gateway.Protocol.Json;
using OpenClaw.Gateway.Protocol.Methods.Config;

namespace OpenClaw.Gateway.Core.Lifetime;

/// <summary>
/// The note that who asked for a restart leaves for the time after it: a file, which the next start hands to the main session and
/// removes. The peer's notes are taken too.
/// </summary>
internal sealed partial class RestartNote(GatewayEnvironment environment, SystemEventQueue events, ILogger<RestartNote> logger) : IHostedService
{
    private const string FileName = "restart-sentinel.json";

    /// <summary>A longer one is nobody's.</summary>
    private const int MaxBytes = 1024 * 1024;

    private string FilePath => Path.Combine(environment.StateDirectory, FileName);

    /// <summary>Writes the note. Null when the disk refuses: the change is made all the same.</summary>
    public async Task<string?> LeaveAsync(RestartSentinel note)
    {
        try
        {
            var document = new RestartNoteDocument { Version = RestartNoteDocument.Known, Payload = note };
            await AtomicFile.WriteAsync(FilePath, JsonSerializer.SerializeToUtf8Bytes(document, RestartNoteJson.Default.RestartNoteDocument)).ConfigureAwait(false);
            return FilePath;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotWritten(logger, e);
            return null;
        }
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (new FileInfo(FilePath) is not { Exists: true, Length: <= MaxBytes })
                return;
            var content = await File.ReadAllBytesAsync(FilePath, cancellationToken).ConfigureAwait(false);
            // The same id for the same note: whoever dies before it is removed, or reads it beside another core, tells it once.
            if (Read(content) is { } note)
                await events.KeepAsync("GatewayRestart: " + JsonSerializer.Serialize(note, ProtocolJson.Context.RestartSentinel), "restart-" + Convert.ToHexStringLower(SHA256.HashData(content))[..16]).ConfigureAwait(false);
            File.Delete(FilePath);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotRead(logger, e);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static RestartSentinel? Read(byte[] content)
    {
        try
        {
            return JsonSerializer.Deserialize(content, RestartNoteJson.Default.RestartNoteDocument) is { Version: RestartNoteDocument.Known } document ? document.Payload : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [LoggerMessage(1116, LogLevel.Warning, "The note for the time after the restart could not be written.")]
    private static partial void LogNotWritten(ILogger logger, Exception exception);

    [LoggerMessage(1117, LogLevel.Warning, "The note of who asked for the restart could not be read.")]
    private static partial void LogNotRead(ILogger logger, Exception exception);
}
