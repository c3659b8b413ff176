using OpenClaw.Gateway.Core.Agents.Models;
using OpenClaw.Gateway.Core.Agents.Options;
using OpenClaw.Gateway.Core.Http.Answers;

namespace OpenClaw.Gateway.Core.Http.Runs;

/// <summary>Refuses what no model of the agent could read, before it is kept, written down and sent.</summary>
internal sealed class ContextRoom(IAgentConfiguration configuration, ModelResolver models)
{
    /// <summary>Far more characters than a token of ordinary text has (three to five): what is longer by this measure is too long by any.</summary>
    private const int MostCharsPerToken = 16;

    /// <summary>Null when there may be room.</summary>
    /// <param name="turn">What is asked.</param>
    /// <param name="agentId">Who is asked.</param>
    /// <param name="model">The session's model; null for the agent's.</param>
    public ApiError? Refusal(ApiTurn turn, string agentId, string? model)
    {
        var chars = (long)turn.Conversation.CurrentText.Length + (turn.ExtraSystemPrompt?.Length ?? 0);
        var agent = AgentOptions.From(configuration.Root, agentId);
        var most = models.Candidates(agent, model).Select(candidate => models.Resolve(agent, candidate).Model?.Info.ContextWindow ?? 0).Max();
        return most > 0 && chars > (long)most * MostCharsPerToken
            ? ApiError.Invalid(FormattableString.Invariant($"The message has {chars} characters, more than the model's context of {most} tokens can hold."), code: "context_length_exceeded")
            : null;
    }
}
