using Microsoft.Extensions.AI;
using OpenClaw.Gateway.Core.Agents.Runs;

namespace OpenClaw.Gateway.Core.Agents.Providers;

/// <summary>Options of one model call; adds what <see cref="ChatOptions"/> has no place for.</summary>
internal sealed class ModelCallOptions : ChatOptions
{
    public ModelCallOptions()
    {
    }

    private ModelCallOptions(ModelCallOptions other)
        : base(other)
    {
        Thinking = other.Thinking;
    }

    public ThinkingLevel Thinking { get; set; }

    public override ChatOptions Clone() => new ModelCallOptions(this);
}
