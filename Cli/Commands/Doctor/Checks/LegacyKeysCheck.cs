using OpenClaw.Cli.Diagnosis;
using OpenClaw.Gateway.Core.Configuration.Legacy;

namespace OpenClaw.Cli.Commands.Doctor.Checks;

/// <summary>Keys that have other names now. They are understood; the file can be brought up to date, comments included.</summary>
internal sealed class LegacyKeysCheck : IDoctorCheck
{
    public string Area => "Configuration";

    public Task<IReadOnlyList<Finding>> LookAsync(Patient patient, CancellationToken cancellation)
    {
        var snapshot = patient.Snapshot;
        var edits = snapshot.LegacyIssues.Count > 0 && snapshot.Valid ? LegacyMigration.EditsFor(snapshot) : [];
        IReadOnlyList<Finding> findings = [.. snapshot.LegacyIssues.Select((issue, index) =>
        {
            var own = issue.File is null || issue.File == snapshot.Path;
            return new Finding("config.legacy_key", FindingSeverity.Warning, issue.Path + " is an old name", issue.Message)
            {
                // One repair for all of them: they are renamed in one write.
                Repair = index == 0 && !edits.IsEmpty ? new Repair.Edit("give old keys their new names; comments stay, and the file as it was is kept as .bak", edits) : null,
                Remedy = own ? null : $"rename it in {patient.Show(issue.File!)}",
            };
        })];
        return Task.FromResult(findings);
    }
}
