using OpenClaw.Cli.Diagnosis;
using OpenClaw.Cli.Startup;

namespace OpenClaw.Cli.Commands.Doctor.Checks;

/// <summary>Whether the directories of the state are there, are ours, and can be written.</summary>
internal sealed class StateDirectoryCheck : IDoctorCheck
{
    public string Area => "State";

    public Task<IReadOnlyList<Finding>> LookAsync(Patient patient, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<Finding>>([.. Look(patient)]);

    private static IEnumerable<Finding> Look(Patient patient)
    {
        var state = patient.Environment.StateDirectory;
        if (File.Exists(state))
        {
            yield return new Finding("state.not_a_directory", FindingSeverity.Error, "The state directory is a file", $"{patient.Show(state)} has to be a directory.")
            {
                Remedy = "move the file away",
            };
            yield break;
        }
        if (!Directory.Exists(state))
        {
            yield return Missing(patient, state, FindingSeverity.Error, "sessions, credentials and the configuration live there");
            yield break;
        }
        foreach (var directory in (string[])[patient.Environment.CredentialsDirectory, Path.Combine(state, "agents")])
        {
            if (!Directory.Exists(directory))
                yield return Missing(patient, directory, FindingSeverity.Info, "it is made when it is needed");
        }
        foreach (var finding in Ours(patient, [state, patient.Environment.ConfigPath, .. Directory.EnumerateFileSystemEntries(state)]))
            yield return finding;
    }

    private static Finding Missing(Patient patient, string path, FindingSeverity severity, string what) =>
        new("state.missing", severity, "A directory is missing", $"{patient.Show(path)} does not exist; {what}.")
        {
            Repair = Repair.Act.Of($"make {patient.Show(path)}", () => PrivateDirectory.Create(path)),
        };

    /// <summary>A gateway that was run once as root leaves files that it cannot write as somebody else.</summary>
    private static IEnumerable<Finding> Ours(Patient patient, IReadOnlyList<string> paths)
    {
        if (FileModes.CurrentUser() is not { } user || user == 0)
            yield break;
        var foreign = paths.Where(path => FileModes.OwnerOf(path) is { } owner && owner != user).ToList();
        if (foreign.Count > 0)
        {
            yield return new Finding("state.owner", FindingSeverity.Error, "Files of the state belong to somebody else",
                $"{string.Join(", ", foreign.Take(5).Select(patient.Show))}{(foreign.Count > 5 ? " …" : "")}. A gateway that ran as another user, often root, leaves them like this.")
            {
                Remedy = $"sudo chown -R {user} {patient.Show(patient.Environment.StateDirectory)}",
            };
        }
    }
}
