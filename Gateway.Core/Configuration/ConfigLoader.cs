using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Configuration.Json5;
using OpenClaw.Gateway.Core.Configuration.Legacy;
using OpenClaw.Gateway.Core.Configuration.Loading;
using OpenClaw.Gateway.Core.Configuration.Rules;
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
        return await EvaluateAsync(file, cancellation).ConfigureAwait(false);
    }

    /// <summary>What the configuration would be if the file held <paramref name="raw"/>.</summary>
    internal Task<ConfigSnapshot> EvaluateAsync(string raw, CancellationToken cancellation) =>
        EvaluateAsync(new ConfigFileText(raw, Exists: true, Problem: null), cancellation);

    internal static string HashOf(string? raw) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(raw ?? "")));

    private async Task<ConfigSnapshot> EvaluateAsync(ConfigFileText file, CancellationToken cancellation)
    {
        var errors = new List<ConfigIssue>();
        var warnings = new List<ConfigIssue>();
        var legacy = new List<ConfigIssue>();
        var origins = new ConfigOrigins();
        var includes = new IncludeResolver(origins, errors);
        var variables = Environment.Variables;
        var parsed = Parse(file, origins, errors, out var tree);
        if (errors.Count == 0)
            tree = await includes.ResolveAsync(tree, Environment.ConfigPath, cancellation).ConfigureAwait(false);
        NullCharacters.Report(tree, origins, errors);
        if (errors.Count == 0)
        {
            variables = ConfigVariables.Apply(tree, variables);
            Check(tree, origins, variables, errors, warnings, legacy);
        }
        var config = errors.Count == 0 ? (JsonObject)tree! : [];
        if (errors.Count == 0)
        {
            ConfigDefaults.Apply(config);
            HomeExpansion.Apply(config, Environment.HomeDirectory);
        }
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
            Issues = errors,
            Warnings = warnings,
            LegacyIssues = legacy,
        };
    }

    /// <summary>The text as plain values, and as a tree whose values know their place.</summary>
    private JsonNode? Parse(ConfigFileText file, ConfigOrigins origins, List<ConfigIssue> errors, out JsonNode? tree)
    {
        tree = new JsonObject();
        if (file.Problem is not null)
            errors.Add(new ConfigIssue("", $"read failed: {file.Problem}") { File = Environment.ConfigPath });
        if (file.Text is null)
            return file.Problem is null ? new JsonObject() : null;
        if (!Json5Document.TryParse(file.Text, out var document, out var error))
        {
            errors.Add(new ConfigIssue("", $"JSON5 parse failed: SyntaxError: {error.Message}")
            {
                File = Environment.ConfigPath,
                Line = error.Line,
                Column = error.Column,
            });
            return null;
        }
        tree = Json5Conversion.ToJson(document, Environment.ConfigPath, origins);
        return Json5Conversion.ToJson(document);
    }

    private void Check(
        JsonNode? tree, ConfigOrigins origins, IReadOnlyDictionary<string, string> variables,
        List<ConfigIssue> errors, List<ConfigIssue> warnings, List<ConfigIssue> legacy)
    {
        var substitution = new VariableSubstitution(variables, origins);
        substitution.Apply(tree);
        if (tree is JsonObject root)
            legacy.AddRange(LegacyKeys.Apply(root, origins));

        var validator = new ConfigValidator(ConfigSchema.Instance, origins);
        validator.Validate(tree);
        foreach (var missing in substitution.Missing)
            (validator.IsEnforced(missing.Path) ? errors : warnings).Add(missing);
        errors.AddRange(validator.Errors);
        warnings.AddRange(validator.Warnings);
        if (errors.Count > 0)
            return;

        // Rules rely on the types, so they come last.
        var rules = new ConfigRules(Environment, origins);
        rules.Check((JsonObject)tree!);
        errors.AddRange(rules.Errors);
        warnings.AddRange(rules.Warnings);
    }
}
