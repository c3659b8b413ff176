using System.Text.Json;
using System.Text.Json.Serialization;
using OpenClaw.Gateway.Protocol.Schema;

namespace OpenClaw.Gateway.Protocol.Methods.Config;

/// <summary>Result of <c>config.get</c>. Secrets are replaced by <c>__OPENCLAW_REDACTED__</c>.</summary>
public sealed record ConfigGetResult
{
    /// <summary>Absolute path of the file.</summary>
    public required string Path { get; init; }

    /// <summary>False when there is no file: then every default applies.</summary>
    public required bool Exists { get; init; }

    /// <summary>The file's text, or null.</summary>
    [OrNull]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string? Raw { get; init; }

    /// <summary>The parsed text.</summary>
    public required JsonElement Parsed { get; init; }

    /// <summary>True when it can be used.</summary>
    public required bool Valid { get; init; }

    /// <summary>The effective configuration.</summary>
    public required JsonElement Config { get; init; }

    /// <summary>Hex SHA-256 of the real text, to be given back as <c>baseHash</c>.</summary>
    public required string Hash { get; init; }

    /// <summary>What is wrong.</summary>
    public required IReadOnlyList<ConfigIssue> Issues { get; init; }

    /// <summary>What is odd.</summary>
    public required IReadOnlyList<ConfigIssue> Warnings { get; init; }

    /// <summary>Keys of older releases.</summary>
    public required IReadOnlyList<ConfigIssue> LegacyIssues { get; init; }
}

/// <summary>A remark about one place of the configuration.</summary>
public sealed record ConfigIssue
{
    /// <summary>Dotted path of the key.</summary>
    public required string Path { get; init; }

    /// <summary>What is wrong with it.</summary>
    public required string Message { get; init; }
}

/// <summary>A configuration file that cannot be used; the last good reading of it is in force.</summary>
public sealed record ConfigFileProblem
{
    /// <summary>The file.</summary>
    public required string Path { get; init; }

    /// <summary>Since when, Unix milliseconds.</summary>
    public required long SinceMs { get; init; }

    /// <summary>What is wrong.</summary>
    public required IReadOnlyList<ConfigIssue> Issues { get; init; }
}
