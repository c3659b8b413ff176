using System.Text.Json;
using Microsoft.AspNetCore.Http;
using OpenClaw.Gateway.Core.Agents.Roster;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Health;
using OpenClaw.Gateway.Core.Http.Answers;
using OpenClaw.Gateway.Core.Http.ChatCompletions;
using OpenClaw.Gateway.Core.Http.Responses;
using OpenClaw.Gateway.Core.Http.Runs;

namespace OpenClaw.Gateway.Core.Http.Models;

/// <summary><c>GET /v1/models</c> and <c>/v1/models/{id}</c>: the agents, under the names that chat completions and responses take as <c>model</c>.</summary>
internal sealed class ModelsEndpoint(ConfigStore configuration, ApiTarget target, ProcessClock clock, TimeProvider time) : IApiEndpoint
{
    public const string Path = "/v1/models";

    private readonly long _created = time.GetUtcNow().AddMilliseconds(-clock.UptimeMs).ToUnixTimeSeconds();

    public bool Serves(string path) => path == Path || (path.StartsWith(Path + "/", StringComparison.Ordinal) && path.Length > Path.Length + 1);

    public string? DisabledBecause =>
        ChatCompletionsEndpoint.IsEnabled(configuration.Current) || ResponsesEndpoint.IsEnabled(configuration.Current)
            ? null
            : "This endpoint is off. Set gateway.http.endpoints.chatCompletions.enabled or gateway.http.endpoints.responses.enabled to turn it on.";

    public string Methods => "GET, HEAD";

    public Task HandleAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        if (path == Path)
            return ApiAnswers.WriteAsync(context, StatusCodes.Status200OK, WriteList);
        // The one character that the server leaves encoded in a path.
        var id = path[(Path.Length + 1)..].Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        return target.IsModel(id)
            ? ApiAnswers.WriteAsync(context, StatusCodes.Status200OK, json => WriteModel(json, id))
            : ApiAnswers.WriteAsync(context, ApiTarget.UnknownAgent(id));
    }

    private void WriteList(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("object", "list");
        json.WriteStartArray("data");
        WriteModel(json, ApiTarget.DefaultModel);
        foreach (var agent in AgentRoster.Of(configuration.Current).Agents)
            WriteModel(json, $"{ApiTarget.DefaultModel}:{agent.Id}");
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteModel(Utf8JsonWriter json, string id)
    {
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteString("object", "model");
        json.WriteNumber("created", _created);
        json.WriteString("owned_by", "openclaw");
        json.WriteEndObject();
    }
}
