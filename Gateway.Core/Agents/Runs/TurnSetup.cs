using Microsoft.Extensions.AI;
using OpenClaw.Gateway.Core.Agents.Models;
using OpenClaw.Gateway.Core.Agents.Providers;

namespace OpenClaw.Gateway.Core.Agents.Runs;

/// <summary>What stays the same through all model calls of a run.</summary>
/// <param name="SystemPrompt">The whole system prompt.</param>
/// <param name="Tools">What the model may call.</param>
/// <param name="Thinking">As asked for; null takes the model's default.</param>
internal sealed record TurnSetup(string SystemPrompt, IList<AITool> Tools, ThinkingLevel? Thinking)
{
    public ModelCallOptions OptionsFor(ResolvedModel model) => new()
    {
        Tools = Tools,
        Thinking = Thinking ?? DefaultThinking(model),
    };

    /// <summary>A model that can reason does so a little unless told otherwise.</summary>
    public static ThinkingLevel DefaultThinking(ResolvedModel model) => model.Info.Reasoning ? ThinkingLevel.Low : ThinkingLevel.Off;
}
