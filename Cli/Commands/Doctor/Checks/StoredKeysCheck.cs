using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Cli.Diagnosis;
using OpenClaw.Cli.Output;
using OpenClaw.Gateway.Core.Agents.Models;
using OpenClaw.Gateway.Core.Configuration.Options;

namespace OpenClaw.Cli.Commands.Doctor.Checks;

/// <summary>The agents' stored keys: broken files, and what has expired or soon does.</summary>
internal sealed class StoredKeysCheck : IDoctorCheck
{
    /// <summary>Time enough to do something about it.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromDays(1);

    public string Area => "Models";

    public Task<IReadOnlyList<Finding>> LookAsync(Patient patient, CancellationToken cancellation)
    {
        if (!patient.Snapshot.Valid)
            return Task.FromResult<IReadOnlyList<Finding>>([]);
        var paths = AgentModelState.Of(patient.Snapshot, patient.Environment, patient.Time).Select(static state => state.ProfilesPath).Distinct(StringComparer.Ordinal).Where(File.Exists);
        return Task.FromResult<IReadOnlyList<Finding>>([.. paths.SelectMany(path => OfFile(patient, path))]);
    }

    private static IEnumerable<Finding> OfFile(Patient patient, string path)
    {
        ConfigSection file;
        try
        {
            file = new ConfigSection(JsonNode.Parse(File.ReadAllBytes(path)) as JsonObject);
        }
        catch (JsonException e)
        {
            return [new Finding("models.keys_unreadable", FindingSeverity.Error, "Stored keys cannot be read", string.Create(CultureInfo.InvariantCulture, $"{patient.Show(path)} is no JSON (line {e.LineNumber + 1}); it counts as empty."))];
        }
        var now = patient.Time.GetUtcNow().ToUnixTimeMilliseconds();
        return file.Section("profiles").Children().SelectMany(profile => Profile(patient, path, profile.Key, profile.Value, file.Section("usageStats").Section(profile.Key), now));
    }

    private static IEnumerable<Finding> Profile(Patient patient, string path, string id, ConfigSection profile, ConfigSection stats, long now)
    {
        var name = TerminalText.HarmlessLine(id);
        if (profile.Text("type") == "oauth")
        {
            yield return new Finding("models.oauth", FindingSeverity.Info, $"{name} is a sign-in", $"{patient.Show(path)}: sign-ins by OAuth are not used here, and are kept for the gateway that can.");
        }
        else if (profile.Number("expires") is { } expires)
        {
            if (expires <= now)
                yield return Expiry("models.key_expired", FindingSeverity.Warning, $"{name} has expired", path, expires);
            else if (expires <= now + Soon.TotalMilliseconds)
                yield return Expiry("models.key_expires", FindingSeverity.Warning, $"{name} expires soon", path, expires);
        }
        var until = Math.Max(stats.Number("cooldownUntil") ?? 0, stats.Number("disabledUntil") ?? 0);
        if (until > now)
            yield return new Finding("models.key_resting", FindingSeverity.Info, $"{name} rests after failures", $"Others are preferred until {Time(until)}.");

        Finding Expiry(string finding, FindingSeverity severity, string title, string file, double at) =>
            new(finding, severity, title, $"{patient.Show(file)}: {Time(at)}.") { Remedy = "store a new one" };
    }

    private static string Time(double unixMs) =>
        unixMs is > -62135596800000 and < 253402300799999
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)unixMs).ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)
            : "at no date that exists";
}
