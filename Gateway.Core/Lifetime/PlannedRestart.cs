using System.Text.Json;
using System.Text.Json.Serialization;
using OpenClaw.Gateway.Core.Storage;

namespace OpenClaw.Gateway.Core.Lifetime;

/// <summary>
/// The note of somebody who is about to restart or stop the gateway on purpose: a file in the state directory, where only the gateway's own user can
/// write. It permits a SIGUSR1, and it says of an end that looks like a crash (a service manager that kills) that it was none.
/// </summary>
/// <param name="stateDirectory">The gateway's state directory.</param>
public sealed class PlannedRestart(string stateDirectory)
{
    /// <summary>How long a note counts: longer than any stop takes.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    private const string FileName = "planned-restart.json";

    /// <summary>A longer one is nobody's.</summary>
    private const int MaxBytes = 4096;

    private string FilePath => Path.Combine(stateDirectory, FileName);

    /// <summary>A note is there, taken by nobody yet.</summary>
    public bool IsThere => File.Exists(FilePath);

    /// <summary>Leaves a note.</summary>
    /// <param name="time">Clock.</param>
    /// <param name="processId">The process that may take it; null for the next start too.</param>
    /// <returns>Why it could not be written; null when it was.</returns>
    public async Task<string?> LeaveAsync(TimeProvider time, int? processId = null)
    {
        ArgumentNullException.ThrowIfNull(time);
        try
        {
            var note = new PlannedRestartNote(time.GetUtcNow().ToUnixTimeMilliseconds(), processId);
            await AtomicFile.WriteAsync(FilePath, JsonSerializer.SerializeToUtf8Bytes(note, PlannedRestartJson.Default.PlannedRestartNote)).ConfigureAwait(false);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"{FilePath} cannot be written: {e.Message}";
        }
    }

    /// <summary>Takes the note back.</summary>
    public void Withdraw()
    {
        try
        {
            File.Delete(FilePath);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It stops counting in a minute.
        }
    }

    /// <summary>Takes the note, if there is one that counts now for this process.</summary>
    /// <param name="time">Clock.</param>
    /// <param name="processId">This process.</param>
    public bool Take(TimeProvider time, int processId)
    {
        ArgumentNullException.ThrowIfNull(time);
        try
        {
            if (new FileInfo(FilePath) is not { Exists: true, Length: <= MaxBytes })
                return false;
            var note = JsonSerializer.Deserialize(File.ReadAllBytes(FilePath), PlannedRestartJson.Default.PlannedRestartNote);
            File.Delete(FilePath);
            var age = time.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(note?.AtMs ?? 0);
            return note is not null && age >= -Lifetime && age <= Lifetime && (note.Pid is null || note.Pid == processId);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or ArgumentOutOfRangeException)
        {
            return false;
        }
    }
}

/// <summary>The file of a <see cref="PlannedRestart"/>.</summary>
/// <param name="AtMs">When it was written, Unix milliseconds.</param>
/// <param name="Pid">The process that may take it.</param>
internal sealed record PlannedRestartNote(long AtMs, int? Pid);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PlannedRestartNote))]
internal sealed partial class PlannedRestartJson : JsonSerializerContext;
