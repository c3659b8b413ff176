using System.Globalization;
using OpenClaw.Cli.Diagnosis;

namespace OpenClaw.Cli.Commands.Doctor.Checks;

/// <summary>Whether the disk under the state has room, takes what is written, and keeps it in reasonable time.</summary>
internal sealed class DiskCheck : IDoctorCheck
{
    private const long MiB = 1 << 20;

    /// <summary>A day of logs and a few transcripts; below, the next write may fail.</summary>
    private const long TooLittle = 100 * MiB;

    private const long Little = 1024 * MiB;
    private const double LittlePart = 0.05;

    /// <summary>Each accepted message waits for one such write. A slow disk of a small machine takes 0.1 s.</summary>
    private static readonly TimeSpan SlowWrite = TimeSpan.FromSeconds(1);

    public string Area => "Disk and clock";

    public Task<IReadOnlyList<Finding>> LookAsync(Patient patient, CancellationToken cancellation)
    {
        var state = patient.Environment.StateDirectory;
        return Task.FromResult<IReadOnlyList<Finding>>(Directory.Exists(state) ? [.. Room(patient, state), .. Write(patient, state)] : []);
    }

    private static IEnumerable<Finding> Room(Patient patient, string state)
    {
        var drive = new DriveInfo(state);
        if (Judge(drive.AvailableFreeSpace, drive.TotalSize) is not { } severity)
            return [];
        return
        [
            new Finding("disk.space", severity, "The disk is nearly full", string.Create(
                CultureInfo.InvariantCulture, $"{drive.AvailableFreeSpace / MiB} MiB of {drive.TotalSize / MiB} MiB are free where {patient.Show(state)} is. A full disk loses nothing that was accepted, but nothing new is."))
            {
                Remedy = "make room; old transcripts end in .deleted.… and .bak.…",
            },
        ];
    }

    /// <summary>How bad it is; null when there is room.</summary>
    public static FindingSeverity? Judge(long free, long total) => free switch
    {
        < TooLittle => FindingSeverity.Error,
        < Little when free < total * LittlePart => FindingSeverity.Warning,
        _ => null,
    };

    private static IEnumerable<Finding> Write(Patient patient, string state)
    {
        var path = Path.Combine(state, $".doctor-{Guid.NewGuid():N}.tmp");
        var started = patient.Time.GetTimestamp();
        try
        {
            using (var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write))
            {
                stream.Write(new byte[MiB]);
                stream.Flush(flushToDisk: true);
            }
            var took = patient.Time.GetElapsedTime(started);
            return took <= SlowWrite ? [] :
            [
                // A note, for one slow moment of a busy machine is no problem that a script should be told of.
                new Finding("disk.slow", FindingSeverity.Info, "The disk is slow", string.Create(
                    CultureInfo.InvariantCulture, $"Writing 1 MiB took {took.TotalSeconds:0.0} s. Every message that is accepted waits for the disk.")),
            ];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return
            [
                new Finding("disk.write_failed", FindingSeverity.Error, "The state directory cannot be written", $"{patient.Show(state)}: {e.Message}")
                {
                    Remedy = "look at the owner, the mode, the free space, and whether the drive is mounted read-only",
                },
            ];
        }
        finally
        {
            File.Delete(path);
        }
    }
}
