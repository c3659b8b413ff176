using OpenClaw.Cli.Commands.Completion;
using OpenClaw.Cli.Diagnosis;

namespace OpenClaw.Cli.Commands.Doctor.Checks;

/// <summary>Whether what shells read when they start is there, and is quick.</summary>
internal sealed class CompletionCheck : IDoctorCheck
{
    public string Area => "Shell";

    public async Task<IReadOnlyList<Finding>> LookAsync(Patient patient, CancellationToken cancellation)
    {
        var findings = new List<Finding>();
        foreach (var shell in ShellFiles.All)
        {
            var profile = shell.ProfilePath(patient.Environment);
            if (!File.Exists(profile))
                continue;
            var text = await File.ReadAllTextAsync(profile, cancellation).ConfigureAwait(false);
            var script = shell.ScriptPath(patient.Environment);
            if (text.Contains("<(openclaw completion", StringComparison.Ordinal))
            {
                findings.Add(new Finding("shell.completion_slow", FindingSeverity.Info, $"Each {shell.Name()} starts openclaw once", $"{patient.Show(profile)} makes the completion script anew each time.")
                {
                    Remedy = $"remove that line, and run: {patient.Environment.CommandName} completion -s {shell.Name()} --install --yes",
                });
            }
            if (text.Contains(script, StringComparison.Ordinal) && !File.Exists(script))
            {
                findings.Add(new Finding("shell.completion_missing", FindingSeverity.Warning, $"Completion for {shell.Name()} is missing", $"{patient.Show(profile)} reads {patient.Show(script)}, which does not exist.")
                {
                    Repair = new Repair.Act($"write {patient.Show(script)}", token => WriteAsync(patient, shell, token)),
                });
            }
        }
        return findings;
    }

    private static async Task<string?> WriteAsync(Patient patient, Shell shell, CancellationToken cancellation)
    {
        try
        {
            await ShellFiles.WriteScriptsAsync(patient.Context, [shell], cancellation).ConfigureAwait(false);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }
}
