using OpenClaw.Cli.Commands.Security;
using OpenClaw.Cli.Diagnosis;

namespace OpenClaw.Cli.Commands.Doctor.Checks;

/// <summary>What <c>openclaw security audit</c> finds.</summary>
internal sealed class SecurityCheck : IDoctorCheck
{
    public string Area => "Security";

    public Task<IReadOnlyList<Finding>> LookAsync(Patient patient, CancellationToken cancellation)
    {
        // The files can be open to others whatever the configuration says; its rules need one that can be read.
        var subject = new AuditSubject(patient.Snapshot, patient.Environment);
        IEnumerable<Finding> findings = patient.Snapshot.Valid ? SecurityAudit.Run(subject) : FilePermissions.Look(subject);
        return Task.FromResult<IReadOnlyList<Finding>>([.. findings
            // What the start of a gateway is refused for is said once.
            .Where(static finding => finding.Id is not ("summary.attack_surface" or "gateway.bind_no_auth" or "gateway.loopback_no_auth"))
            .Select(static finding => finding.Id == SecurityAudit.TrustedProxiesMissing ? finding with { Severity = FindingSeverity.Info } : finding)]);
    }
}
