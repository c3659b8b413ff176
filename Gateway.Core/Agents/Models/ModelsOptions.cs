using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Configuration.Options;

namespace OpenClaw.Gateway.Core.Agents.Models;

/// <summary>The meaning of <c>models.*</c>.</summary>
internal sealed record ModelsOptions
{
    /// <summary>False when <c>models.mode</c> is <c>replace</c>: only configured providers exist.</summary>
    public bool IncludeBuiltIn { get; init; } = true;

    /// <summary>By normalized provider id.</summary>
    public IReadOnlyDictionary<string, ProviderOptions> Providers { get; init; } = new Dictionary<string, ProviderOptions>();

    public static ModelsOptions From(JsonObject root)
    {
        var models = new ConfigSection(root).Section("models");
        var providers = new Dictionary<string, ProviderOptions>(StringComparer.Ordinal);
        foreach (var (name, section) in models.Section("providers").Children())
        {
            var id = ModelRef.NormalizeProvider(name);
            if (id.Length > 0)
                providers[id] = ProviderOptions.From(id, section);
        }
        return new ModelsOptions { IncludeBuiltIn = models.Text("mode") != "replace", Providers = providers };
    }
}

/// <summary>One entry of <c>models.providers</c>.</summary>
internal sealed record ProviderOptions
{
    public required string Id { get; init; }

    /// <summary>Null when the text is no absolute http(s) address.</summary>
    public Uri? BaseUrl { get; init; }

    /// <summary>A literal, or <c>${NAME}</c> for an environment variable.</summary>
    public string? ApiKey { get; init; }

    public string? Api { get; init; }

    public bool AuthHeader { get; init; }

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<ModelInfo> Models { get; init; } = [];

    public static ProviderOptions From(string id, ConfigSection section)
    {
        var api = section.Text("api") ?? KnownProvider.Find(id)?.Api ?? ModelApis.OpenAiCompletions;
        var headers = section.StringMap("headers");
        return new ProviderOptions
        {
            Id = id,
            BaseUrl = ParseBaseUrl(section.Text("baseUrl")),
            ApiKey = section.Text("apiKey")?.Trim(),
            Api = api,
            AuthHeader = section.Bool("authHeader") ?? false,
            Headers = headers,
            Models = [.. section.Sections("models").Where(static model => model.Text("id") is not null).Select(model => ReadModel(id, api, headers, model))],
        };
    }

    private static Uri? ParseBaseUrl(string? text) =>
        Uri.TryCreate(text?.Trim(), UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url : null;

    private static ModelInfo ReadModel(string provider, string api, IReadOnlyDictionary<string, string> headers, ConfigSection section)
    {
        var id = section.Text("id")!.Trim();
        var cost = section.Section("cost");
        var window = Math.Max(1, section.Int("contextWindow") ?? ModelInfo.DefaultContextWindow);
        var allHeaders = new Dictionary<string, string>(headers, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in section.StringMap("headers"))
            allHeaders[name] = value;
        return new ModelInfo
        {
            Ref = new ModelRef(provider, id),
            Name = section.Text("name") ?? id,
            Api = section.Text("api") ?? api,
            Reasoning = section.Bool("reasoning") ?? false,
            AcceptsImages = section.WrittenStrings("input")?.Contains("image", StringComparer.Ordinal) ?? false,
            ContextWindow = window,
            MaxTokens = Math.Max(1, section.Int("maxTokens") ?? Math.Min(ModelInfo.DefaultMaxTokens, window)),
            Price = new ModelPrice(
                cost.Number("input") ?? 0, cost.Number("output") ?? 0, cost.Number("cacheRead") ?? 0, cost.Number("cacheWrite") ?? 0),
            Headers = allHeaders,
            Compat = ReadCompat(section.Section("compat")),
        };
    }

    private static ModelCompat ReadCompat(ConfigSection section) => new()
    {
        SupportsStore = section.Bool("supportsStore"),
        SupportsDeveloperRole = section.Bool("supportsDeveloperRole"),
        SupportsReasoningEffort = section.Bool("supportsReasoningEffort"),
        SupportsUsageInStreaming = section.Bool("supportsUsageInStreaming"),
        SupportsStrictMode = section.Bool("supportsStrictMode"),
        MaxTokensField = section.Text("maxTokensField"),
        RequiresToolResultName = section.Bool("requiresToolResultName"),
        RequiresAssistantAfterToolResult = section.Bool("requiresAssistantAfterToolResult"),
        RequiresThinkingAsText = section.Bool("requiresThinkingAsText"),
        RequiresMistralToolIds = section.Bool("requiresMistralToolIds"),
        ThinkingFormat = section.Text("thinkingFormat"),
    };
}
