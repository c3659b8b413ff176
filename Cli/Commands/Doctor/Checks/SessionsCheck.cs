using OpenClaw.Cli.Diagnosis;
using OpenClaw.Gateway.Core.Sessions.Listing;

namespace OpenClaw.Cli.Commands.Doctor.Checks;

/// <summary>Whether the lists of sessions can be read, and the conversations that they name are there.</summary>
internal sealed class SessionsCheck : IDoctorCheck
{
    /// <summary>Older ones are nobody's worry any more.</summary>
    private const int Recent = 50;

    public string Area => "Sessions";

    public async Task<IReadOnlyList<Finding>> LookAsync(Patient patient, CancellationToken cancellation)
    {
        if (!patient.Snapshot.Valid)
            return [];
        var stored = await StoredSessions.ReadAsync(patient.Snapshot, patient.Environment, patient.Time, cancellation: cancellation).ConfigureAwait(false);
        var findings = stored.Unreadable.Select(file => new Finding("sessions.unreadable", FindingSeverity.Error, "A list of sessions cannot be read",
            $"{patient.Show(file.Path)}: {file.Reason.TrimEnd('.')}. {(file.UsedInstead is { } backup ? $"A gateway goes on with {patient.Show(backup)}" : "There is no backup; a gateway would begin with no sessions")}, and keeps the broken file before it writes.")
        {
            Remedy = file.UsedInstead is null ? "bring the file back from a backup: openclaw backup restore" : null,
        }).ToList();
        // An entry alone may be new; one that was answered once had a file.
        var lost = stored.Sessions.Take(Recent).Where(static session => session.Transcript is null && session.SessionId is not null && (session.TotalTokens > 0 || session.SystemSent == true)).ToList();
        if (lost.Count > 0)
        {
            findings.Add(new Finding("sessions.transcript_missing", FindingSeverity.Warning, "Conversations without their file",
                $"{lost.Count} of the last {Math.Min(Recent, stored.Sessions.Count)}: {string.Join(", ", lost.Take(5).Select(static session => session.Key))}{(lost.Count > 5 ? " …" : "")}. The agent begins anew in them.")
            {
                Remedy = "bring the .jsonl files back from a backup, or say /new in these sessions",
            });
        }
        return findings;
    }
}
