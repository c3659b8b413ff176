using OpenClaw.Cli.Commands.Backup;
using OpenClaw.Cli.Diagnosis;

namespace OpenClaw.Cli.Commands.Doctor.Checks;

/// <summary>State of the same user elsewhere: whoever wonders where the sessions are has usually changed directories.</summary>
internal sealed class OtherStatesCheck : IDoctorCheck
{
    private static readonly string[] Names = [".openclaw", ".clawdbot", ".moltbot", ".moldbot"];

    public string Area => "State";

    public Task<IReadOnlyList<Finding>> LookAsync(Patient patient, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<Finding>>([.. Look(patient)]);

    private static IEnumerable<Finding> Look(Patient patient)
    {
        if (LeftOver(patient.Environment.StateDirectory) is { Count: > 0 } leftOver)
        {
            yield return new Finding("state.restore_leftover", FindingSeverity.Warning, "A restore was cut short",
                $"It left {string.Join(", ", leftOver.Select(patient.Show))}: what it had unpacked by then, or, if {patient.Show(patient.Environment.StateDirectory)} is the restored one already, what was there before.")
            {
                Remedy = "look whether the state is the one that you want, and remove the other",
            };
        }
        // A profile is meant to be another one.
        if (patient.Environment.ProfileSuffix.Length > 0)
            yield break;
        var used = patient.Environment.StateDirectory;
        var others = Names.Select(name => Path.Combine(patient.Environment.HomeDirectory, name))
            .Where(path => path != used && File.Exists(Path.Combine(path, "openclaw.json")) && new DirectoryInfo(path).LinkTarget is null).ToList();
        if (others.Count > 0)
        {
            yield return new Finding("state.several", FindingSeverity.Warning, "There are several state directories", $"{patient.Show(used)} is used; {string.Join(", ", others.Select(patient.Show))} is not, whatever it holds.")
            {
                Remedy = "say which one with OPENCLAW_STATE_DIR, or move the others away",
            };
        }
    }

    private static List<string> LeftOver(string state)
    {
        var path = Path.TrimEndingDirectorySeparator(state);
        return Directory.Exists(Path.GetDirectoryName(path)) ? [.. Directory.EnumerateDirectories(Path.GetDirectoryName(path)!, Path.GetFileName(path) + DirectorySwap.FreshSuffix + "*")] : [];
    }
}
