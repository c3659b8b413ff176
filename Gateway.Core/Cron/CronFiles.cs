using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Agents.Options;
using OpenClaw.Gateway.Core.Configuration;

namespace OpenClaw.Gateway.Core.Cron;

/// <summary>
/// Schedules that the peer's gateway left in the state directory, and how they ended there. They are shown and never changed: this
/// gateway runs none of them.
/// </summary>
internal sealed class CronFiles(ConfigStore configuration, GatewayEnvironment environment)
{
    /// <summary>Above twice the peer's own bound for a file of runs.</summary>
    private const long MaxRunBytes = 4 * 1024 * 1024;

    private const int MaxIdChars = 128;

    public string StorePath => configuration.Current.Root.Section("cron").Text("store") is { } store
        ? HomePath.Expand(store, environment.HomeDirectory)
        : Path.Combine(environment.StateDirectory, "cron", "jobs.json");

    /// <summary>All schedules, the next one first. A file that cannot be read has none.</summary>
    public async Task<IReadOnlyList<JsonObject>> JobsAsync(CancellationToken cancellationToken)
    {
        try
        {
            var root = File.Exists(StorePath) ? JsonNode.Parse(await File.ReadAllBytesAsync(StorePath, cancellationToken).ConfigureAwait(false)) : null;
            return [.. ((root as JsonObject)?["jobs"] as JsonArray ?? []).OfType<JsonObject>().OrderBy(static job => Number((job["state"] as JsonObject)?["nextRunAtMs"]) ?? long.MaxValue)];
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>The last runs of a schedule, oldest first; none of one that is not known.</summary>
    public async Task<IReadOnlyList<JsonObject>> RunsAsync(string jobId, int limit, CancellationToken cancellationToken)
    {
        // The id becomes a file's name.
        if (jobId.Length > MaxIdChars || !jobId.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            return [];
        var file = new FileInfo(Path.Combine(Path.GetDirectoryName(StorePath)!, "runs", jobId + ".jsonl"));
        if (!file.Exists || file.Length > MaxRunBytes)
            return [];
        var runs = new Queue<JsonObject>();
        await foreach (var line in File.ReadLinesAsync(file.FullName, cancellationToken).ConfigureAwait(false))
        {
            if (Parse(line) is not { } run)
                continue;
            runs.Enqueue(run);
            if (runs.Count > limit)
                runs.Dequeue();
        }
        return [.. runs];
    }

    public static bool IsEnabled(JsonObject job) => job["enabled"] is not JsonValue value || !value.TryGetValue(out bool enabled) || enabled;

    private static JsonObject? Parse(string line)
    {
        try
        {
            return JsonNode.Parse(line) as JsonObject;
        }
        catch (JsonException)
        {
            // A torn last line.
            return null;
        }
    }

    private static long? Number(JsonNode? node) => node is JsonValue value && value.TryGetValue(out long number) ? number : null;
}
