using System.Net;
using OpenClaw.Gateway.Core.Agents.Options;
using OpenClaw.Gateway.Protocol.Methods.Agents;

namespace OpenClaw.Gateway.Core.Agents.Models;

/// <summary>Finds out which model a run uses, and everything needed to call it.</summary>
internal sealed class ModelResolver(IAgentConfiguration configuration, ProviderKeys keys)
{
    /// <summary>
    /// The models to try, in order: the one asked for or configured, then the fallbacks. Without any configured model the
    /// first usable provider's, and without a usable provider the offline model.
    /// </summary>
    public IReadOnlyList<ModelRef> Candidates(AgentOptions agent, string? requested)
    {
        var first = requested is not null ? Parse(agent, requested) : agent.PrimaryModel is { } primary ? Parse(agent, primary) : Default(agent);
        var candidates = new List<ModelRef> { first };
        foreach (var text in agent.Fallbacks)
        {
            var fallback = Parse(agent, text);
            if (IsAllowed(agent, fallback) && !candidates.Contains(fallback))
                candidates.Add(fallback);
        }
        if (agent.Fallbacks.Count > 0 && agent.PrimaryModel is { } configured && Parse(agent, configured) is var last && !candidates.Contains(last))
            candidates.Add(last);
        return candidates;
    }

    /// <summary>Reads a reference, an alias of <c>agents.defaults.models</c>, or a bare model id of the default provider.</summary>
    public ModelRef Parse(AgentOptions agent, string text)
    {
        var trimmed = text.Trim();
        var byAlias = agent.Models.FirstOrDefault(entry => string.Equals(entry.Value.Alias?.Trim(), trimmed, StringComparison.OrdinalIgnoreCase));
        if (byAlias.Key is not null && ModelRef.TryParse(byAlias.Key) is { } aliased)
            return aliased;
        return ModelRef.TryParse(trimmed) ?? ShortName(agent, trimmed) ?? new ModelRef(ModelRef.DefaultProvider, trimmed);
    }

    /// <summary>Whether the session may be switched to this model: everything is, until <c>agents.defaults.models</c> lists some.</summary>
    public bool IsAllowed(AgentOptions agent, ModelRef model) =>
        agent.Models.Count == 0 || NamedBy(agent).Contains(model) || ModelsOptions.From(configuration.Root).Providers.ContainsKey(model.Provider);

    /// <summary>Everything needed to call a model, or why it cannot be called.</summary>
    public ModelResolution Resolve(AgentOptions agent, ModelRef reference)
    {
        if (reference == OfflineModel.Ref)
            return new ModelResolution(OfflineModel.Resolved, null);
        var options = ModelsOptions.From(configuration.Root);
        var configured = options.Providers.GetValueOrDefault(reference.Provider);
        var known = options.IncludeBuiltIn ? KnownProvider.Find(reference.Provider) : null;
        if (configured is null && known is null)
            return ModelResolution.Failed($"Unknown model: {reference}");
        var info = FindInfo(configured, known, reference);
        var baseUrl = configured is null ? new Uri(known!.BaseUrl) : configured.BaseUrl;
        if (baseUrl is null)
            return ModelResolution.Failed($"models.providers.{reference.Provider}.baseUrl is not an http(s) address.");
        if (SpokenApi(info.Api, reference.Provider, ref baseUrl) is not { } api)
            return ModelResolution.Failed($"Model {reference} uses the API \"{info.Api}\", which this gateway does not speak. Set models.providers.{reference.Provider}.api to openai-completions or anthropic-messages.");
        var key = keys.Find(reference.Provider, agent, configured);
        if (key is null && !NeedsNoKey(configured, baseUrl))
            return ModelResolution.Failed(NoKey(reference.Provider, agent));
        var entry = agent.Models.FirstOrDefault(item => ModelRef.TryParse(item.Key) == reference).Value ?? new ModelEntryOptions();
        return new ModelResolution(new ResolvedModel
        {
            Info = info with { Api = api, ContextWindow = Math.Min(info.ContextWindow, agent.ContextTokens ?? int.MaxValue) },
            BaseUrl = baseUrl,
            Key = key,
            AuthHeader = configured?.AuthHeader ?? false,
            Temperature = entry.Temperature,
            MaxTokens = entry.MaxTokens,
            CacheRetention = entry.CacheRetention,
        }, null);
    }

    /// <summary>The rows of <c>models.list</c>: built-in models and those of the configuration, which win.</summary>
    public IReadOnlyList<ModelRow> List()
    {
        var options = ModelsOptions.From(configuration.Root);
        var models = new Dictionary<ModelRef, ModelInfo>();
        foreach (var model in options.IncludeBuiltIn ? BuiltInModels.All : [])
            models[model.Ref] = model;
        foreach (var model in options.Providers.Values.SelectMany(static provider => provider.Models))
            models[model.Ref] = model;
        return [.. models.Values
            .OrderBy(static model => model.Ref.Provider, StringComparer.Ordinal)
            .ThenBy(static model => model.Name, StringComparer.Ordinal)
            .Select(static model => new ModelRow
            {
                Id = model.Ref.Model,
                Name = model.Name,
                Provider = model.Ref.Provider,
                ContextWindow = model.ContextWindow,
                Reasoning = model.Reasoning,
                Input = model.AcceptsImages ? ["text", "image"] : ["text"],
            })];
    }

    /// <summary>The rows of those that a session of the agent may be switched to, with those that its configuration names and nobody else knows.</summary>
    public IReadOnlyList<ModelRow> ListFor(string agentId)
    {
        var agent = AgentOptions.From(configuration.Root, agentId);
        var rows = List();
        var named = NamedBy(agent);
        var providers = ModelsOptions.From(configuration.Root).Providers;
        var known = rows.Select(static row => new ModelRef(row.Provider, row.Id)).ToHashSet();
        return
        [
            .. rows.Where(row => agent.Models.Count == 0 || providers.ContainsKey(row.Provider) || named.Contains(new ModelRef(row.Provider, row.Id)))
                .Concat(named.Where(model => !known.Contains(model)).Select(static model => new ModelRow { Id = model.Model, Name = model.Model, Provider = model.Provider }))
                .OrderBy(static row => row.Provider, StringComparer.Ordinal),
        ];
    }

    /// <summary>The models that the agent's configuration names: its own, and those of <c>agents.defaults.models</c>.</summary>
    private HashSet<ModelRef> NamedBy(AgentOptions agent)
    {
        var named = agent.Models.Keys.Select(ModelRef.TryParse).OfType<ModelRef>().ToHashSet();
        if (agent.PrimaryModel is { } primary)
            named.Add(Parse(agent, primary));
        return named;
    }

    /// <summary>Whether the model is listed as one that thinks before it answers, whether or not there is a key for it.</summary>
    public bool IsReasoning(ModelRef reference) =>
        List().Any(row => row.Reasoning == true && row.Provider == reference.Provider && row.Id == reference.Model);

    private ModelRef Default(AgentOptions agent)
    {
        var options = ModelsOptions.From(configuration.Root);
        foreach (var provider in options.Providers.Values)
        {
            if (provider.Models is [var first, ..] && Resolve(agent, first.Ref).Model is not null)
                return first.Ref;
        }
        foreach (var model in options.IncludeBuiltIn ? BuiltInModels.All.DistinctBy(static model => model.Ref.Provider) : [])
        {
            if (Resolve(agent, model.Ref).Model is not null)
                return model.Ref;
        }
        return OfflineModel.Ref;
    }

    private static ModelRef? ShortName(AgentOptions agent, string text)
    {
        string? full = text.ToLowerInvariant() switch
        {
            "opus" => "anthropic/claude-opus-4-6",
            "sonnet" => "anthropic/claude-sonnet-4-5",
            "gpt" => "openai/gpt-5.2",
            "gpt-mini" => "openai/gpt-5-mini",
            "gemini" => "google/gemini-3-pro-preview",
            "gemini-flash" => "google/gemini-3-flash-preview",
            _ => null,
        };
        // Only when its target is listed: an unlisted word is a model's own id.
        return ModelRef.TryParse(full) is { } target && agent.Models.Keys.Any(key => ModelRef.TryParse(key) == target) ? target : null;
    }

    private static ModelInfo FindInfo(ProviderOptions? configured, KnownProvider? known, ModelRef reference)
    {
        if (configured?.Models.FirstOrDefault(model => model.Ref == reference) is { } listed)
            return listed;
        var api = configured?.Api ?? known!.Api;
        if (BuiltInModels.Find(reference) is { } builtIn)
            return builtIn with { Api = api, Headers = configured?.Headers ?? builtIn.Headers };
        return new ModelInfo
        {
            Ref = reference,
            Name = reference.Model,
            Api = api,
            Headers = configured?.Headers ?? new Dictionary<string, string>(),
        };
    }

    // OpenAI and Google answer chat completions at addresses near their own APIs', with the same models and keys.
    private static string? SpokenApi(string api, string provider, ref Uri baseUrl)
    {
        switch (api)
        {
            case ModelApis.OpenAiCompletions or ModelApis.AnthropicMessages:
                return api;
            case "openai-responses":
                return ModelApis.OpenAiCompletions;
            case "google-generative-ai" when provider == "google" || baseUrl.Host == "generativelanguage.googleapis.com":
                if (!baseUrl.AbsolutePath.TrimEnd('/').EndsWith("/openai", StringComparison.Ordinal))
                    baseUrl = new Uri(baseUrl.ToString().TrimEnd('/') + "/openai");
                return ModelApis.OpenAiCompletions;
            default:
                return null;
        }
    }

    private static bool NeedsNoKey(ProviderOptions? configured, Uri baseUrl) =>
        configured is not null && (baseUrl.IsLoopback || configured.Headers.Count > 0 || IsPrivate(baseUrl));

    private static bool IsPrivate(Uri url) =>
        url.Host.EndsWith(".local", StringComparison.OrdinalIgnoreCase)
        || !url.Host.Contains('.', StringComparison.Ordinal)
        || (IPAddress.TryParse(url.Host, out var address) && address.GetAddressBytes() is [10, ..] or [192, 168, ..] or [172, >= 16 and <= 31, ..] or [100, >= 64 and <= 127, ..]);

    private string NoKey(string provider, AgentOptions agent)
    {
        var variable = KnownProvider.Find(provider)?.EnvNames.LastOrDefault();
        var fix = variable is null
            ? $"openclaw config set models.providers.{provider}.apiKey <key>"
            : $"openclaw config set env.vars.{variable} <key>";
        return $"No API key found for provider \"{provider}\". Looked in {keys.ProfilesPath(agent)}, the environment and models.providers.{provider}.apiKey. To set one: {fix}";
    }
}

/// <summary>A model ready to call, or the reason why not.</summary>
internal sealed record ModelResolution(ResolvedModel? Model, string? Error)
{
    public static ModelResolution Failed(string error) => new(null, error);
}
