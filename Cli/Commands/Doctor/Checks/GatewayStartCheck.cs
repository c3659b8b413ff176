using OpenClaw.Cli.Diagnosis;
using OpenClaw.Gateway.Core.Configuration.Options;
using OpenClaw.Gateway.Core.Onboarding;
using OpenClaw.Gateway.Core.Processes;

namespace OpenClaw.Cli.Commands.Doctor.Checks;

/// <summary>Whether a gateway would start with this configuration: asked of the very rules that it starts by.</summary>
internal sealed class GatewayStartCheck : IDoctorCheck
{
    public string Area => "Gateway";

    public Task<IReadOnlyList<Finding>> LookAsync(Patient patient, CancellationToken cancellation)
    {
        // A mode or a secret that is missing has findings of its own, with a repair.
        if (!patient.Snapshot.Valid || patient.Snapshot.Gateway.Mode is not GatewayMode.Local || FreshToken.IsNeeded(patient.Snapshot)
            || StartGuard.Check(patient.Snapshot, new GatewayStartFlags(), patient.Environment) is not { } refusal)
        {
            return Task.FromResult<IReadOnlyList<Finding>>([]);
        }
        return Task.FromResult<IReadOnlyList<Finding>>([new Finding("gateway.start_refused", FindingSeverity.Error, "A gateway would not start", string.Join('\n', refusal.Lines))]);
    }
}
