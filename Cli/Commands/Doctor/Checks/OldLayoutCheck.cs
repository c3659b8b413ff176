using OpenClaw.Cli.Diagnosis;
using OpenClaw.Cli.Startup;

namespace OpenClaw.Cli.Commands.Doctor.Checks;

/// <summary>Directories from the time before there were several agents.</summary>
internal sealed class OldLayoutCheck : IDoctorCheck
{
    private static readonly (string Old, string New)[] Moves = [("sessions", "agents/main/sessions"), ("agent", "agents/main/agent")];

    public string Area => "State";

    public Task<IReadOnlyList<Finding>> LookAsync(Patient patient, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<Finding>>([.. Look(patient)]);

    private static IEnumerable<Finding> Look(Patient patient)
    {
        var state = patient.Environment.StateDirectory;
        foreach (var (oldName, newName) in Moves)
        {
            var from = Path.Combine(state, oldName);
            var to = Path.Combine(state, newName);
            if (!Directory.Exists(from) || !Directory.EnumerateFileSystemEntries(from).Any())
                continue;
            var free = !Directory.Exists(to) || !Directory.EnumerateFileSystemEntries(to).Any();
            var running = patient.Lock() is { OwnerIsAlive: true };
            yield return new Finding("state.old_layout", FindingSeverity.Warning, "Files where an older version kept them", $"{patient.Show(from)} is not read any more; now it is {patient.Show(to)}.")
            {
                Repair = free && !running ? Repair.Act.Of($"move {patient.Show(from)} to {patient.Show(to)}", () => Move(from, to)) : null,
                Remedy = !free ? $"both hold files: copy what you want to keep into {patient.Show(to)}" : running ? "stop the gateway first, then --fix moves them" : null,
            };
        }
    }

    private static void Move(string from, string to)
    {
        PrivateDirectory.Create(Path.GetDirectoryName(to)!);
        if (Directory.Exists(to))
            Directory.Delete(to);
        Directory.Move(from, to);
    }
}
