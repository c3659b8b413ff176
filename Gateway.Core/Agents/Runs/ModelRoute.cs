using System.Globalization;
using OpenClaw.Gateway.Core.Agents.Models;
using OpenClaw.Gateway.Core.Agents.Options;
using OpenClaw.Gateway.Core.Agents.Providers;

namespace OpenClaw.Gateway.Core.Agents.Runs;

/// <summary>The models a run may use, one after another, and why those it left behind failed.</summary>
internal sealed class ModelRoute(ModelResolver resolver, AgentOptions agent, IReadOnlyList<ModelRef> candidates)
{
    /// <summary>A smaller window cannot hold the prompt and an answer; the peer's number.</summary>
    private const int MinContextWindow = 16_000;

    private readonly List<string> _failures = [];
    private int _next;
    private string? _lastError;

    /// <summary>There is more than one model, so a failure of all is told as such.</summary>
    public bool HasFallbacks => candidates.Count > 1;

    /// <summary>The next model that can be called; null when none is left.</summary>
    public ResolvedModel? Next()
    {
        while (_next < candidates.Count)
        {
            var reference = candidates[_next++];
            var resolution = resolver.Resolve(agent, reference);
            if (resolution.Model is not { } model)
            {
                Fail(reference, resolution.Error!, "auth");
            }
            else if (model.Info.ContextWindow < MinContextWindow)
            {
                Fail(reference, string.Create(CultureInfo.InvariantCulture, $"Model {reference} has a context window of {model.Info.ContextWindow} tokens; at least {MinContextWindow} are needed."), "format");
            }
            else
            {
                return model;
            }
        }
        return null;
    }

    public void Fail(ResolvedModel model, ModelFailure failure) => Fail(model.Ref, failure.Text, failure.ReasonName);

    /// <summary>Why no model is left, for the user.</summary>
    public string Describe() => HasFallbacks
        ? string.Create(CultureInfo.InvariantCulture, $"All models failed ({_failures.Count}): {string.Join(" | ", _failures)}")
        : _lastError ?? "No model is configured.";

    private void Fail(ModelRef reference, string text, string reason)
    {
        _lastError = text;
        _failures.Add($"{reference}: {text} ({reason})");
    }
}
