using Microsoft.Extensions.AI;

namespace OpenClaw.Gateway.Core.Agents.Providers;

/// <summary>How a model is to answer, as far as the caller of a run says so; null leaves it to the configuration.</summary>
internal sealed record SamplingOptions
{
    public static SamplingOptions Default { get; } = new();

    public float? Temperature { get; init; }

    public float? TopP { get; init; }

    public float? FrequencyPenalty { get; init; }

    public float? PresencePenalty { get; init; }

    public long? Seed { get; init; }

    /// <summary>Most tokens of one answer of the model.</summary>
    public int? MaxOutputTokens { get; init; }

    public IList<string>? StopSequences { get; init; }

    /// <summary>The answer's form: text, any JSON object, or one of a schema.</summary>
    public ChatResponseFormat? ResponseFormat { get; init; }

    public void ApplyTo(ChatOptions options)
    {
        options.Temperature = Temperature;
        options.TopP = TopP;
        options.FrequencyPenalty = FrequencyPenalty;
        options.PresencePenalty = PresencePenalty;
        options.Seed = Seed;
        options.MaxOutputTokens = MaxOutputTokens;
        options.StopSequences = StopSequences;
        options.ResponseFormat = ResponseFormat;
    }
}
