namespace OpenClaw.Gateway.Core.Agents.Models;

/// <summary>A model with everything needed to call it. The key is not part of its text form.</summary>
internal sealed record ResolvedModel
{
    public required ModelInfo Info { get; init; }

    /// <summary>Without a trailing slash. Operators may point it at loopback or private addresses.</summary>
    public required Uri BaseUrl { get; init; }

    public ProviderKey? Key { get; init; }

    public bool AuthHeader { get; init; }

    /// <summary>The wire <c>params</c> configured for this model.</summary>
    public float? Temperature { get; init; }

    public int? MaxTokens { get; init; }

    public string? CacheRetention { get; init; }

    public ModelRef Ref => Info.Ref;
}

/// <summary>A secret and where it came from. Its text form hides it.</summary>
/// <param name="Value">The key or token; only ever put into the provider's own header.</param>
/// <param name="Source">For people: <c>env: OPENAI_API_KEY</c>, <c>models.json</c>, a profile id.</param>
internal sealed record ProviderKey(string Value, string Source)
{
    /// <summary>The first and last letters, as the status card shows them.</summary>
    public string Masked => Value.Length <= 8 ? "…" : $"{Value[..4]}…{Value[^4..]}";

    public override string ToString() => $"{Masked} ({Source})";
}
