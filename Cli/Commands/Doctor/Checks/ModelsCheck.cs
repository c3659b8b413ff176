using OpenClaw.Cli.Diagnosis;
using OpenClaw.Gateway.Core.Agents.Models;

namespace OpenClaw.Cli.Commands.Doctor.Checks;

/// <summary>Whether each agent has a model that it can ask. None is asked.</summary>
internal sealed class ModelsCheck : IDoctorCheck
{
    public string Area => "Models";

    public Task<IReadOnlyList<Finding>> LookAsync(Patient patient, CancellationToken cancellation)
    {
        if (!patient.Snapshot.Valid)
            return Task.FromResult<IReadOnlyList<Finding>>([]);
        var states = AgentModelState.Of(patient.Snapshot, patient.Environment, patient.Time);
        return Task.FromResult<IReadOnlyList<Finding>>([.. states.Select(state => Judge(patient, state)).OfType<Finding>()]);
    }

    private static Finding? Judge(Patient patient, AgentModelState state) => state switch
    {
        { IsOffline: true } => new Finding("models.none", FindingSeverity.Warning, $"Agent {state.AgentId} has no model", "No model is configured and no provider's key was found; a placeholder answers.")
        {
            Remedy = $"{patient.Environment.CommandName} config set env.vars.ANTHROPIC_API_KEY <key> (or OPENAI_API_KEY)",
        },
        { Problem: { } problem } => new Finding("models.unusable", FindingSeverity.Error, $"Agent {state.AgentId} cannot use its model", $"{state.Model}: {problem}"),
        _ => null,
    };
}
