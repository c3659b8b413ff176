using OpenClaw.Cli.Diagnosis;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Configuration.Writing;

namespace OpenClaw.Cli.Commands.Doctor.Checks;

/// <summary>Whether the configuration can be read, and what in it nobody understands.</summary>
internal sealed class ConfigFileCheck : IDoctorCheck
{
    /// <summary>The beginning of what the schema says of keys that it does not know.</summary>
    private const string Unknown = "Unrecognized key";

    public string Area => "Configuration";

    public async Task<IReadOnlyList<Finding>> LookAsync(Patient patient, CancellationToken cancellation)
    {
        var snapshot = patient.Snapshot;
        if (!snapshot.Exists)
        {
            return
            [
                new Finding("config.missing", FindingSeverity.Warning, "There is no configuration", $"{patient.Show(snapshot.Path)} does not exist; a gateway does not start without.")
                {
                    Remedy = $"{patient.Environment.CommandName} setup",
                },
            ];
        }
        if (snapshot.Valid)
            return [.. snapshot.Warnings.Select(issue => Odd(patient, issue))];
        var recovery = new ConfigRecovery(new ConfigLoader(patient.Environment), patient.Time);
        var backup = await recovery.FindAsync(cancellation).ConfigureAwait(false);
        return [.. snapshot.Issues.Select((issue, index) => Broken(patient, issue, index == 0 && backup is not null ? Restore(patient, recovery, backup) : null))];
    }

    private static Finding Broken(Patient patient, ConfigIssue issue, Repair? repair)
    {
        var unreadable = issue.Path.Length == 0;
        var place = issue is { File: { } file, Line: > 0 } ? $"Line {issue.Line}, column {issue.Column} of {patient.Show(file)}: " : issue.File is { } only ? patient.Show(only) + ": " : "";
        return new Finding(
            unreadable ? "config.syntax" : "config.invalid",
            FindingSeverity.Error,
            unreadable ? "The configuration cannot be read" : $"{issue.Path} cannot be used",
            $"{place}{issue.Message}{(issue.Detail is null ? "" : $" ({issue.Detail})")}. A gateway that runs goes on with what was in force before; none starts with this.")
        {
            Remedy = "correct it there; openclaw config validate says when it is right",
            Repair = repair,
        };
    }

    private static Repair.Act Restore(Patient patient, ConfigRecovery recovery, ConfigBackup backup) => new(
        $"bring back {patient.Show(backup.Path)} of {backup.Written:yyyy-MM-dd HH:mm} UTC, and keep the broken file beside it",
        async cancellation =>
        {
            try
            {
                await recovery.RestoreAsync(backup, cancellation).ConfigureAwait(false);
                return null;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return e.Message;
            }
        })
    {
        NeedsConsent = true,
    };

    /// <summary>Keys of another release are kept for it, so they are no problem; everything else that is odd was written by mistake.</summary>
    private static Finding Odd(Patient patient, ConfigIssue issue)
    {
        var unknown = issue.Message.StartsWith(Unknown, StringComparison.Ordinal);
        var place = issue is { File: { } file, Line: > 0 } ? $" {patient.Show(file)}:{issue.Line}:{issue.Column}" : "";
        return new Finding(
            unknown ? "config.unknown_key" : "config.odd",
            unknown || issue.Path == "meta.lastTouchedVersion" ? FindingSeverity.Info : FindingSeverity.Warning,
            unknown ? "A key that this version does not know" : issue.Path.Length == 0 ? "The configuration is odd" : issue.Path,
            $"{(issue.Path.Length == 0 || !unknown ? "" : issue.Path + ": ")}{issue.Message}{(issue.Detail is null ? "" : $" ({issue.Detail})")}.{place}");
    }
}
