using OpenClaw.Gateway.Core.Agents.Models;

namespace OpenClaw.Gateway.Core.Sessions;

/// <summary>What the session area asks the model catalog.</summary>
internal interface ISessionModels
{
    /// <summary>The model of a new session; null for the agent means the general default.</summary>
    ModelRef DefaultFor(string? agentId);

    /// <summary>Context size in tokens where a session stores none: of the model, or of the configuration.</summary>
    long ContextTokensOf(string? model);

    /// <summary>Prices per million tokens; null when they are not known.</summary>
    ModelPrice? PriceOf(string provider, string model);

    /// <summary>Finds the model a user named and checks that it may be used.</summary>
    ValueTask<ModelChoice> ChooseAsync(string agentId, string text, CancellationToken cancellationToken);
}

/// <summary>Answer of <see cref="ISessionModels.ChooseAsync"/>: a model, or the error text clients see.</summary>
/// <param name="Model">The model; null when it was refused.</param>
/// <param name="Error"><c>invalid model: …</c> or <c>model not allowed: …</c>; <c>model catalog unavailable</c> when nothing can be said.</param>
/// <param name="IsUnavailable">The catalog could not be read.</param>
internal sealed record ModelChoice(ModelRef? Model, string? Error = null, bool IsUnavailable = false);
