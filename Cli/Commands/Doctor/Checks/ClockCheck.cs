using System.Globalization;
using OpenClaw.Cli.Diagnosis;

namespace OpenClaw.Cli.Commands.Doctor.Checks;

/// <summary>Whether the clock can be right: device signatures, expiring tokens and locks all go by it. Nobody is asked over the network.</summary>
internal sealed class ClockCheck : IDoctorCheck
{
    /// <summary>Before this there was no such program.</summary>
    private static readonly DateTimeOffset Earliest = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>File systems round to two seconds at worst.</summary>
    private static readonly TimeSpan FileSlack = TimeSpan.FromSeconds(5);

    /// <summary>As long as a gateway believes a signature of another machine's clock.</summary>
    private static readonly TimeSpan Future = TimeSpan.FromMinutes(10);

    public string Area => "Disk and clock";

    public Task<IReadOnlyList<Finding>> LookAsync(Patient patient, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<Finding>>([.. Look(patient)]);

    private static IEnumerable<Finding> Look(Patient patient)
    {
        var state = patient.Environment.StateDirectory;
        var now = patient.Time.GetUtcNow();
        if (now < Earliest)
        {
            yield return new Finding("clock.past", FindingSeverity.Error, "The clock is wrong", string.Create(CultureInfo.InvariantCulture, $"It says {now:yyyy-MM-dd}. Connections are refused and certificates count as not yet valid."))
            {
                Remedy = "set it, or let it be set: timedatectl set-ntp true",
            };
        }
        if (!Directory.Exists(state))
            yield break;
        foreach (var path in (string[])[patient.Environment.ConfigPath, .. Directory.EnumerateFiles(state)])
        {
            if (File.GetLastWriteTimeUtc(path) - now.UtcDateTime > Future)
            {
                yield return new Finding("clock.behind", FindingSeverity.Warning, "A file is from the future", string.Create(
                    CultureInfo.InvariantCulture, $"{patient.Show(path)} was written at {File.GetLastWriteTimeUtc(path):yyyy-MM-dd HH:mm} UTC, and it is {now:yyyy-MM-dd HH:mm} UTC: the clock is behind, or was ahead."))
                {
                    Remedy = "compare the clock with another one",
                };
                break;
            }
        }
        if (Skew(state, patient.Time) is { } skew && skew.Duration() > FileSlack)
        {
            yield return new Finding("clock.file_system", FindingSeverity.Warning, "The drive has another clock", string.Create(
                CultureInfo.InvariantCulture, $"A file written now to {patient.Show(state)} is dated {skew.Duration().TotalSeconds:0} s {(skew > TimeSpan.Zero ? "ahead" : "behind")}: the drive is another machine's. Ages of locks are judged wrongly."))
            {
                Remedy = "set the clocks of both machines",
            };
        }
    }

    /// <summary>The drive's clock less this machine's; null when nothing can be written.</summary>
    private static TimeSpan? Skew(string directory, TimeProvider time)
    {
        var path = Path.Combine(directory, $".doctor-{Guid.NewGuid():N}.tmp");
        try
        {
            var before = time.GetUtcNow().UtcDateTime;
            File.WriteAllBytes(path, [0]);
            var written = File.GetLastWriteTimeUtc(path);
            var after = time.GetUtcNow().UtcDateTime;
            return written < before ? written - before : written > after ? written - after : TimeSpan.Zero;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
        finally
        {
            File.Delete(path);
        }
    }
}
