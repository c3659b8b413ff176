using System.Text.Json.Nodes;
using OpenClaw.Cli.Diagnosis;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Configuration.Options;
using OpenClaw.Gateway.Core.Configuration.Writing;
using OpenClaw.Gateway.Core.Onboarding;

namespace OpenClaw.Cli.Commands.Doctor.Checks;

/// <summary>Whether a gateway knows what it is for, and has a secret.</summary>
internal sealed class GatewaySecretCheck : IDoctorCheck
{
    public const string MissingId = "gateway.auth_missing";

    public string Area => "Gateway";

    public Task<IReadOnlyList<Finding>> LookAsync(Patient patient, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<Finding>>(patient.Snapshot is { Valid: true } ? [.. Look(patient)] : []);

    private static IEnumerable<Finding> Look(Patient patient)
    {
        var gateway = patient.Snapshot.Gateway;
        if (gateway.Mode is GatewayMode.Unset)
        {
            // A remote address may mean the other mode.
            var here = gateway.Remote.Url is null;
            yield return new Finding("gateway.mode_unset", FindingSeverity.Error, "It is not said where the gateway runs", "gateway.mode is not set; a gateway does not start.")
            {
                Remedy = $"{patient.Environment.CommandName} config set gateway.mode local (or remote)",
                Repair = here ? new Repair.Edit("set gateway.mode to \"local\"", [Set("gateway.mode", "local")]) : null,
            };
        }
        if (gateway.Mode is GatewayMode.Remote)
        {
            if (gateway.Remote.Url is null)
                yield return new Finding("gateway.remote_url_missing", FindingSeverity.Error, "The remote gateway has no address", "gateway.mode is \"remote\", and gateway.remote.url is not set; commands try this machine.")
                {
                    Remedy = $"{patient.Environment.CommandName} config set gateway.remote.url wss://…",
                };
            yield break;
        }
        if (FreshToken.IsNeeded(patient.Snapshot) && GatewayAuth.Resolve(patient.Snapshot) is { Mode: GatewayAuthMode.Token, AllowTailscale: false })
        {
            yield return new Finding(MissingId, FindingSeverity.Error, "The gateway has no secret", "Neither a token nor a password is set; a gateway does not start without, even for this machine alone.")
            {
                Repair = new Repair.Edit("set gateway.auth.token to a fresh random one", [Set("gateway.auth.token", FreshToken.Create())]),
                Remedy = "set OPENCLAW_GATEWAY_TOKEN for the gateway and for commands",
            };
        }
    }

    private static ConfigEdit.Set Set(string path, string value) => new(ConfigPath.Of(path.Split('.')), JsonValue.Create(value));
}
