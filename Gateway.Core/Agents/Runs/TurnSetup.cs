using Microsoft.Extensions.AI;
using OpenClaw.Gateway.Core.Agents.Models;
using OpenClaw.Gateway.Core.Agents.Providers;

namespace OpenClaw.Gateway.Core.Agents.Runs;

/// <summary>What stays the same through all model calls of a run.</summary>
/// <param name="SystemPrompt">The whole system prompt.</param>
/// <param name="Tools">What the model may call.</param>
/// <param name="Thinking">As asked for; null takes the model's default.</param>
/// <param name="Request">What the run was asked for.</param>
internal sealed record TurnSetup(string SystemPrompt, IList<AITool> Tools, ThinkingLevel? Thinking, RunRequest Request)
{
    public ModelCallOptions OptionsFor(ResolvedModel model)
    {
        var options = new ModelCallOptions
        {
            Tools = Tools,
            ToolMode = Request.ClientTools.Mode,
            Thinking = Thinking ?? DefaultThinking(model),
        };
        Request.Sampling.ApplyTo(options);
        return options;
    }

    /// <summary>A model that can reason does so a little unless told otherwise.</summary>
    public static ThinkingLevel DefaultThinking(ResolvedModel model) => model.Info.Reasoning ? ThinkingLevel.Low : ThinkingLevel.Off;
}
