using OpenClaw.Cli.Diagnosis;
using OpenClaw.Gateway.Core.Processes;

namespace OpenClaw.Cli.Commands.Doctor.Checks;

/// <summary>The lock that keeps a second gateway from the same configuration.</summary>
internal sealed class LockFileCheck : IDoctorCheck
{
    public string Area => "Gateway";

    public Task<IReadOnlyList<Finding>> LookAsync(Patient patient, CancellationToken cancellation)
    {
        var state = GatewayLockState.Read(patient.Environment);
        IReadOnlyList<Finding> findings = !state.IsStale ? [] :
        [
            new Finding("lock.stale", FindingSeverity.Info, "A gateway ended without tidying up", $"{state.Path} names process {state.OwnerPid}, which is gone. The next gateway takes it over.")
            {
                Repair = Repair.Act.Of("remove the lock file of the process that is gone", () => Remove(patient)),
            },
        ];
        return Task.FromResult(findings);
    }

    /// <summary>Judged again at the last moment: a gateway may have started since.</summary>
    private static void Remove(Patient patient)
    {
        if (GatewayLockState.Read(patient.Environment) is { IsStale: true } still)
            File.Delete(still.Path);
    }
}
