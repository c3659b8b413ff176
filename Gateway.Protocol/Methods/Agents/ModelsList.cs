namespace OpenClaw.Gateway.Protocol.Methods.Agents;

/// <summary>Result of <c>models.list</c>.</summary>
public sealed record ModelsListResult
{
    /// <summary>Known models.</summary>
    public required IReadOnlyList<ModelRow> Models { get; init; }
}

/// <summary>One model.</summary>
public sealed record ModelRow
{
    /// <summary>Id within its provider.</summary>
    public required string Id { get; init; }

    /// <summary>Name for people.</summary>
    public required string Name { get; init; }

    /// <summary>Provider id.</summary>
    public required string Provider { get; init; }

    /// <summary>Context size in tokens.</summary>
    public long? ContextWindow { get; init; }

    /// <summary>True when it can reason before it answers.</summary>
    public bool? Reasoning { get; init; }

    /// <summary>Accepted inputs: <c>text</c>, <c>image</c>.</summary>
    public IReadOnlyList<string>? Input { get; init; }
}
