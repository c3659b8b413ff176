using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Configuration.Json5;
using OpenClaw.Gateway.Core.Configuration.Loading;
using OpenClaw.Gateway.Core.Configuration.Schema;

namespace OpenClaw.Gateway.Core.Configuration;

/// <summary>
/// Reads the configuration file into a snapshot. Reading never writes, never throws for what a file contains, and
/// reports every problem it finds instead of the first one.
/// </summary>
/// <param name="environment">The instance's paths and variables.</param>
public sealed class ConfigLoader(GatewayEnvironment environment)
{
    /// <summary>The instance this loader reads for.</summary>
    public GatewayEnvironment Environment { get; } = environment;

    /// <summary>Reads the configuration file. A missing file is a valid, empty configuration.</summary>
    /// <param name="cancellation">Stops the reading.</param>
    public async Task<ConfigSnapshot> LoadAsync(CancellationToken cancellation = default)
    {
        var file = await ConfigFileReader.ReadAsync(Environment.ConfigPath, cancellation).ConfigureAwait(false);
        return file.Problem is { } problem
            ? Unusable(file, null, new ConfigOrigins(), [new ConfigIssue("", $"read failed: {problem}") { File = Environment.ConfigPath }])
            : await EvaluateAsync(file, cancellation).ConfigureAwait(false);
    }

    /// <summary>What the configuration would be if the file held <paramref name="raw"/>.</summary>
    internal Task<ConfigSnapshot> EvaluateAsync(string raw, CancellationToken cancellation) =>
        EvaluateAsync(new ConfigFileText(raw, Exists: true, Problem: null), cancellation);

    internal static string HashOf(string? raw) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(raw ?? "")));

    private async Task<ConfigSnapshot> EvaluateAsync(ConfigFileText file, CancellationToken cancellation)
    {
        var origins = new ConfigOrigins();
        JsonNode? parsed = new JsonObject();
        JsonNode? tree = new JsonObject();
        if (file.Text is not null)
        {
            if (!Json5Document.TryParse(file.Text, out var document, out var error))
            {
                var issue = new ConfigIssue("", $"JSON5 parse failed: SyntaxError: {error.Message}")
                {
                    File = Environment.ConfigPath,
                    Line = error.Line,
                    Column = error.Column,
                };
                return Unusable(file, null, origins, [issue]);
            }
            parsed = Json5Conversion.ToJson(document);
            tree = Json5Conversion.ToJson(document, Environment.ConfigPath, origins);
        }

        var errors = new List<ConfigIssue>();
        var includes = new IncludeResolver(origins, errors);
        tree = await includes.ResolveAsync(tree, Environment.ConfigPath, cancellation).ConfigureAwait(false);
        if (errors.Count > 0)
            return Unusable(file, parsed, origins, errors);

        var variables = ConfigVariables.Apply(tree, Environment.Variables);
        var substitution = new VariableSubstitution(variables, origins);
        substitution.Apply(tree);

        var legacy = new LegacyKeys(origins);
        if (tree is JsonObject root)
            legacy.Apply(root);
        var validator = new ConfigValidator(ConfigSchema.Instance, origins);
        validator.Validate(tree);
        errors.AddRange(substitution.Missing.Where(issue => validator.IsEnforced(issue.Path)));
        errors.AddRange(validator.Errors);
        if (tree is not JsonObject config || errors.Count > 0)
            return Unusable(file, parsed, origins, errors, legacy.Issues);

        ConfigDefaults.Apply(config);
        HomeExpansion.Apply(config, Environment.HomeDirectory);
        return new ConfigSnapshot
        {
            Path = Environment.ConfigPath,
            Exists = file.Exists,
            Raw = file.Text,
            Hash = HashOf(file.Text),
            Parsed = parsed,
            Config = config,
            Environment = variables,
            IncludedFiles = includes.Files,
            Origins = origins,
            Issues = [],
            Warnings = [.. substitution.Missing.Where(issue => !validator.IsEnforced(issue.Path)), .. validator.Warnings],
            LegacyIssues = legacy.Issues,
        };
    }

    private ConfigSnapshot Unusable(
        ConfigFileText file, JsonNode? parsed, ConfigOrigins origins, IReadOnlyList<ConfigIssue> issues, IReadOnlyList<ConfigIssue>? legacy = null) => new()
        {
            Path = Environment.ConfigPath,
            Exists = file.Exists,
            Raw = file.Text,
            Hash = HashOf(file.Text),
            Parsed = parsed,
            Config = [],
            Environment = Environment.Variables,
            IncludedFiles = [],
            Origins = origins,
            Issues = issues,
            Warnings = [],
            LegacyIssues = legacy ?? [],
        };
}
