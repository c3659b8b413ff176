using System.Text.Json;

namespace OpenClaw.Gateway.Protocol.Methods.Config;

/// <summary>Result of <c>config.schema</c>.</summary>
public sealed record ConfigSchemaResult
{
    /// <summary>JSON Schema, draft 7.</summary>
    public required JsonElement Schema { get; init; }

    /// <summary>How a form shows the keys, by dotted path; <c>*</c> stands for any name or index.</summary>
    public required IReadOnlyDictionary<string, ConfigUiHint> UiHints { get; init; }

    /// <summary>Release whose format this is.</summary>
    public required string Version { get; init; }

    /// <summary>When it was made, ISO 8601.</summary>
    public required string GeneratedAt { get; init; }
}

/// <summary>How a form shows one key.</summary>
public sealed record ConfigUiHint
{
    /// <summary>Name for people.</summary>
    public string? Label { get; init; }

    /// <summary>What it is for.</summary>
    public string? Help { get; init; }

    /// <summary>An example of a value, shown where there is none.</summary>
    public string? Placeholder { get; init; }

    /// <summary>Heading it stands under.</summary>
    public string? Group { get; init; }

    /// <summary>Place among its neighbours; smaller comes first.</summary>
    public int? Order { get; init; }

    /// <summary>True for what most people never touch.</summary>
    public bool? Advanced { get; init; }

    /// <summary>True for secrets, which are not to be shown.</summary>
    public bool? Sensitive { get; init; }
}
