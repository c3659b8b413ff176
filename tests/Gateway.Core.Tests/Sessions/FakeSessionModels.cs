using OpenClaw.Gateway.Core.Agents.Models;
using OpenClaw.Gateway.Core.Sessions;

namespace OpenClaw.Gateway.Core.Tests.Sessions;

/// <summary>A catalog that allows every <c>provider/model</c>, unless a test says otherwise.</summary>
internal sealed class FakeSessionModels : ISessionModels
{
    public ModelRef Default { get; set; } = new("anthropic", "claude-opus-4-6");

    public long ContextTokens { get; set; } = 200_000;

    public Dictionary<string, ModelPrice> Prices { get; } = [];

    public Func<string, ModelChoice> Choose { get; set; } = static text =>
        ModelRef.TryParse(text) is { } model ? new ModelChoice(model) : new ModelChoice(null, $"invalid model: {text}");

    public ModelRef DefaultFor(string? agentId) => Default;

    public long ContextTokensOf(string? model) => ContextTokens;

    public ModelPrice? PriceOf(string provider, string model) => Prices.GetValueOrDefault($"{provider}/{model}");

    public ValueTask<ModelChoice> ChooseAsync(string agentId, string text, CancellationToken cancellationToken) => new(Choose(text));
}
