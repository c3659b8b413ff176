using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using OpenClaw.Gateway.Core.Lifetime;
using OpenClaw.Gateway.Core.Storage;

namespace OpenClaw.Gateway.Core.SafeMode;

/// <summary>
/// Remembers the starts that were not followed by an end: a file in the state directory, written at each start and removed at each orderly stop. A process
/// that is killed leaves it, and so does one that crashes. A start that was refused, because of its configuration or its port, is none: it says
/// what is wrong, and there is nothing to hold back.
/// </summary>
/// <param name="stateDirectory">The gateway's state directory.</param>
/// <param name="time">Clock.</param>
public sealed class StartHistory(string stateDirectory, TimeProvider time)
{
    /// <summary>So many starts without an end within <see cref="Window"/>, and the next one is in safe mode.</summary>
    public const int Limit = 3;

    /// <summary>How long a start counts.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    /// <summary>How long the first safe mode lasts; each further one twice as long.</summary>
    public static readonly TimeSpan FirstDuration = TimeSpan.FromMinutes(1);

    /// <summary>The longest.</summary>
    public static readonly TimeSpan LongestDuration = TimeSpan.FromMinutes(30);

    /// <summary>After this without safe mode the next one is a first one again.</summary>
    private static readonly TimeSpan Forgetting = TimeSpan.FromHours(1);

    private const string FileName = "gateway-starts.json";

    /// <summary>A longer one is nobody's.</summary>
    private const int MaxBytes = 16 * 1024;

    private string FilePath => Path.Combine(stateDirectory, FileName);

    /// <summary>Notes this start, and says whether it is one too many.</summary>
    /// <param name="isWanted">Safe mode without any crash, for whoever looks for one.</param>
    /// <returns>The state to start in, and why the file could not be written, or null.</returns>
    public async Task<(SafeModeState State, string? Problem)> BeginAsync(bool isWanted = false)
    {
        var now = time.GetUtcNow();
        var nowMs = now.ToUnixTimeMilliseconds();
        // Whoever restarts it on purpose has it as it should be, however the process before came to its end.
        var before = new PlannedRestart(stateDirectory).Take(time, Environment.ProcessId) ? new StartHistoryDocument() : await ReadAsync().ConfigureAwait(false);
        // A clock that was set back leaves starts in the future; they count as long as others.
        var unclean = before.Starts.Where(start => Math.Abs((double)nowMs - start) <= Window.TotalMilliseconds).TakeLast(Limit * 2).ToArray();
        var state = SafeModeState.Off();
        var document = before with { Starts = [.. unclean, nowMs] };
        if (isWanted || unclean.Length >= Limit)
        {
            var holds = before.HeldAtMs is { } heldAt && Math.Abs((double)nowMs - heldAt) <= Forgetting.TotalMilliseconds ? before.Holds : 0;
            var duration = TimeSpan.FromTicks(Math.Min(LongestDuration.Ticks, FirstDuration.Ticks << Math.Clamp(holds, 0, 10)));
            document = document with { Holds = holds + 1, HeldAtMs = nowMs };
            state = SafeModeState.On(Reason(isWanted, unclean.Length, duration), now, duration);
        }
        return (state, await WriteAsync(document).ConfigureAwait(false));
    }

    /// <summary>The gateway stops in order, or was never started: there is nothing to remember.</summary>
    public void End()
    {
        try
        {
            File.Delete(FilePath);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next start counts one crash more than there was.
        }
    }

    private static string Reason(bool isWanted, int unclean, TimeSpan duration)
    {
        var cause = isWanted
            ? "safe mode was asked for"
            : string.Create(CultureInfo.InvariantCulture, $"the gateway ended {unclean} times within {Window.TotalMinutes:0} minutes without stopping in order");
        return string.Create(CultureInfo.InvariantCulture, $"{cause}; channels and jobs are held back until it has run for {duration.TotalMinutes:0} min, or is restarted with: openclaw gateway restart");
    }

    private async Task<StartHistoryDocument> ReadAsync()
    {
        try
        {
            if (new FileInfo(FilePath) is { Exists: true, Length: <= MaxBytes })
            {
                var content = await File.ReadAllBytesAsync(FilePath).ConfigureAwait(false);
                if (JsonSerializer.Deserialize(content, StartHistoryJson.Default.StartHistoryDocument) is { Starts: not null } document)
                    return document;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            // Torn or foreign: the start is as good as a first one, and writes it anew.
        }
        return new StartHistoryDocument();
    }

    private async Task<string?> WriteAsync(StartHistoryDocument document)
    {
        try
        {
            await AtomicFile.WriteAsync(FilePath, JsonSerializer.SerializeToUtf8Bytes(document, StartHistoryJson.Default.StartHistoryDocument)).ConfigureAwait(false);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"{FilePath} cannot be written: {e.Message}";
        }
    }
}

/// <summary>The file of a <see cref="StartHistory"/>; times are Unix milliseconds.</summary>
internal sealed record StartHistoryDocument
{
    /// <summary>Starts without an end.</summary>
    public IReadOnlyList<long> Starts { get; init; } = [];

    /// <summary>Safe modes in a row.</summary>
    public int Holds { get; init; }

    /// <summary>When the last one began.</summary>
    public long? HeldAtMs { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StartHistoryDocument))]
internal sealed partial class StartHistoryJson : JsonSerializerContext;
