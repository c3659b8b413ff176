using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Configuration.Loading;
using OpenClaw.Gateway.Core.Configuration.Options;
using OpenClaw.Gateway.Core.Configuration.Reloading;

namespace OpenClaw.Gateway.Core.Configuration;

/// <summary>
/// One reading of the configuration, immutable: treat its JSON as read-only and clone what you want to change.
/// Read settings from the current snapshot at the moment you need them; a value copied at start goes stale.
/// </summary>
public sealed class ConfigSnapshot
{
    private GatewayOptions? _gateway;
    private LoggingOptions? _logging;
    private SessionOptions? _session;

    internal ConfigSnapshot()
    {
    }

    /// <summary>The configuration file, absolute.</summary>
    public required string Path { get; init; }

    /// <summary>Whether the file exists. Without one every default applies.</summary>
    public required bool Exists { get; init; }

    /// <summary>The file's text, or null without a file (or with one that cannot be read).</summary>
    public required string? Raw { get; init; }

    /// <summary>SHA-256 of <see cref="Raw"/> in lower-case hex; of the empty text without one.</summary>
    public required string Hash { get; init; }

    /// <summary>The file as written, before includes, substitution and defaults; null when it could not be parsed.</summary>
    public required JsonNode? Parsed { get; init; }

    /// <summary>The effective configuration: everything resolved, defaults filled in. Empty when not <see cref="Valid"/>.</summary>
    public required JsonObject Config { get; init; }

    /// <summary>Process variables plus the ones the configuration's <c>env</c> block adds.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>Errors. Any makes the configuration unusable.</summary>
    public required IReadOnlyList<ConfigIssue> Issues { get; init; }

    /// <summary>What is odd but does no harm: unknown keys, ignored keys, a file of a newer version.</summary>
    public required IReadOnlyList<ConfigIssue> Warnings { get; init; }

    /// <summary>Keys of older versions that were understood under their new name; <c>doctor --fix</c> renames them in the file.</summary>
    public required IReadOnlyList<ConfigIssue> LegacyIssues { get; init; }

    /// <summary>Files the configuration includes, absolute; a change in one is a change of the configuration.</summary>
    public required IReadOnlyList<string> IncludedFiles { get; init; }

    /// <summary>Where each value of <see cref="Config"/> was written.</summary>
    internal ConfigOrigins Origins { get; init; } = new();

    /// <summary>Whether the configuration can be used.</summary>
    public bool Valid => Issues.Count == 0;

    /// <summary>
    /// Whether both readings mean the same. The texts may differ, in comments or in the stamp of who wrote last; an included file or a
    /// variable may make the same text mean something else.
    /// </summary>
    internal bool MeansTheSameAs(ConfigSnapshot other) =>
        Valid == other.Valid && ChangedPaths.Between(other.Config, Config).IsEmpty
        && Environment.Count == other.Environment.Count && Environment.All(pair => other.Environment.GetValueOrDefault(pair.Key) == pair.Value);

    /// <summary>The whole configuration as a section to read from.</summary>
    public ConfigSection Root => new(Config);

    /// <summary><c>gateway.*</c>.</summary>
    public GatewayOptions Gateway => _gateway ??= GatewayOptions.From(Root.Section("gateway"));

    /// <summary><c>logging.*</c>.</summary>
    public LoggingOptions Logging => _logging ??= LoggingOptions.From(Root.Section("logging"));

    /// <summary><c>session.*</c>.</summary>
    public SessionOptions Session => _session ??= SessionOptions.From(Root.Section("session"));

    /// <summary>A variable as the configured process sees it: trimmed, null when unset or blank.</summary>
    /// <param name="name">Variable name.</param>
    public string? GetVariable(string name)
    {
        var value = Environment.GetValueOrDefault(name)?.Trim();
        return string.IsNullOrEmpty(value) ? null : value;
    }

    /// <inheritdoc cref="GetVariable(string)"/>
    /// <param name="name">Variable name.</param>
    /// <param name="legacyName">Name used when <paramref name="name"/> is unset.</param>
    public string? GetVariable(string name, string legacyName) => GetVariable(name) ?? GetVariable(legacyName);
}
