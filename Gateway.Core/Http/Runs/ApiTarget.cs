using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using OpenClaw.Gateway.Core.Agents.Roster;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Http.Answers;
using OpenClaw.Gateway.Core.Ingress;
using OpenClaw.Gateway.Core.Sessions.Keys;
using OpenClaw.Gateway.Core.Sessions.Store;

namespace OpenClaw.Gateway.Core.Http.Runs;

/// <summary>Finds the agent and the session that a request is for: by its headers, its <c>model</c> and its <c>user</c>.</summary>
internal sealed partial class ApiTarget(ConfigStore configuration, SessionStores stores, SessionIntake intake)
{
    /// <summary>What the original echoes where no model is named.</summary>
    public const string DefaultModel = "openclaw";

    private const string DefaultAgent = "main";

    /// <summary>Sessions that the gateway starts by itself, and nobody else.</summary>
    private static readonly string[] ReservedNames = ["subagent:", "cron:", "acp:"];

    /// <summary>The session, or why there is none.</summary>
    /// <param name="request">For its headers.</param>
    /// <param name="model">As the caller wrote it.</param>
    /// <param name="user">The caller's name for its user, who then keeps one session; null for a new session.</param>
    /// <param name="kind">Names the session's kind: <c>openai</c> or <c>openresponses</c>.</param>
    public (SessionKey Key, ApiError? Error) Find(HttpRequest request, string? model, string? user, string kind)
    {
        if (request.Headers["x-openclaw-session-key"].ToString().Trim() is { Length: > 0 } named)
            return Named(named, "x-openclaw-session-key");
        var header = request.Headers["x-openclaw-agent-id"].ToString().Trim() is { Length: > 0 } id ? id : request.Headers["x-openclaw-agent"].ToString().Trim();
        var agent = header.Length > 0 ? AgentId.Normalize(header) : AgentOf(model);
        if (agent is null || AgentRoster.Of(configuration.Current).Find(agent) is null)
            return (default, UnknownAgent(header.Length > 0 ? header : model!));
        var rest = string.IsNullOrWhiteSpace(user) ? $"{kind}:{Guid.NewGuid()}" : $"{kind}-user:{user.Trim().ToLowerInvariant()}";
        var key = new SessionKey($"agent:{agent}:{rest}", agent, rest);
        return intake.UnknownAgent(key) is { } wrong ? (default, ApiError.Invalid(wrong, "user")) : (key, null);
    }

    /// <summary>The agent that a model name stands for; null when it names one that is not there.</summary>
    public string? AgentOf(string? model)
    {
        var roster = AgentRoster.Of(configuration.Current);
        var match = ModelPattern().Match(model ?? "");
        // As in the original a name of another form, such as gpt-4o, means the agent "main"; where that is not configured, the default one.
        if (!match.Success)
            return roster.Find(DefaultAgent)?.Id ?? roster.Default.Id;
        var named = match.Groups["id"].Value.ToLowerInvariant();
        return roster.Find(named)?.Id ?? (named == "default" ? roster.Default.Id : null);
    }

    /// <summary>Whether the text is the name of a model for an agent that is there; names of a foreign form are not.</summary>
    public bool IsModel(string text) => text == DefaultModel || (ModelPattern().IsMatch(text) && AgentOf(text) is not null);

    public static ApiError UnknownAgent(string name) =>
        new(StatusCodes.Status404NotFound, ApiError.InvalidRequest, $"The agent or model '{name}' does not exist.") { Param = "model", Code = "model_not_found" };

    /// <summary>The session of that key, or why callers of the API do not get it.</summary>
    /// <param name="text">The key.</param>
    /// <param name="source">The header or the field it came in.</param>
    public (SessionKey Key, ApiError? Error) Named(string text, string source)
    {
        if (stores.Rules.Canonicalize(text) is not { } key)
            return (default, ApiError.Invalid($"{source} is no session key."));
        if (ReservedNames.Any(name => key.Rest.StartsWith(name, StringComparison.OrdinalIgnoreCase)))
            return (default, ApiError.Invalid($"Sessions of the kind '{key.Rest[..key.Rest.IndexOf(':')]}' belong to the gateway."));
        return intake.UnknownAgent(key) is { } wrong ? (default, ApiError.Invalid(wrong)) : (key, null);
    }

    [GeneratedRegex(@"^(?:openclaw[:/]|agent:)(?<id>[a-z0-9][a-z0-9_-]{0,63})\z", RegexOptions.IgnoreCase)]
    private static partial Regex ModelPattern();
}
