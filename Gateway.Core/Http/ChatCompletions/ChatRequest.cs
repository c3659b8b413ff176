using System.Text.Json;
using Microsoft.Extensions.AI;
using OpenClaw.Gateway.Core.Agents.Providers;
using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Gateway.Core.Agents.Tools;
using OpenClaw.Gateway.Core.Http.Requests;

namespace OpenClaw.Gateway.Core.Http.ChatCompletions;

/// <summary>A request for a chat completion, with everything in it checked. Fields that no agent could honor are passed over.</summary>
internal sealed record ChatRequest
{
    /// <summary>As the caller wrote it; null for none.</summary>
    public string? Model { get; init; }

    public bool Stream { get; init; }

    /// <summary>A stream ends with a chunk that says what it cost.</summary>
    public bool IncludeUsage { get; init; }

    public string? User { get; init; }

    public required IReadOnlyList<ChatMessagePart> Messages { get; init; }

    public required ClientToolSet Tools { get; init; }

    public required SamplingOptions Sampling { get; init; }

    public ThinkingLevel? Thinking { get; init; }

    /// <summary>Reads a body; what is wrong with it is in <paramref name="fields"/>.</summary>
    public static ChatRequest Read(JsonElement body, FieldReader fields)
    {
        if (fields.Integer(body, "n", 1, 128) is > 1)
            fields.Fail("n", "an agent gives one answer", "unsupported_value");
        var stream = fields.Flag(body, "stream") ?? false;
        return new ChatRequest
        {
            Model = fields.Text(body, "model", maxLength: 256),
            Stream = stream,
            IncludeUsage = fields.Object(body, "stream_options") is { } options && fields.Flag(options, "include_usage", "stream_options.") == true,
            User = fields.Text(body, "user", maxLength: 256),
            Messages = ChatMessages.Read(body, fields),
            Tools = ToolsReader.Read(body, fields),
            Sampling = ReadSampling(body, fields),
            Thinking = fields.OneOf(body, "reasoning_effort", ["none", "minimal", "low", "medium", "high", "xhigh"]) is { } effort ? Levels.ParseThinking(effort == "none" ? "off" : effort) : null,
        };
    }

    private static SamplingOptions ReadSampling(JsonElement body, FieldReader fields) => new()
    {
        Temperature = (float?)fields.Number(body, "temperature", 0, 2),
        TopP = (float?)fields.Number(body, "top_p", 0, 1),
        FrequencyPenalty = (float?)fields.Number(body, "frequency_penalty", -2, 2),
        PresencePenalty = (float?)fields.Number(body, "presence_penalty", -2, 2),
        Seed = fields.Integer(body, "seed", long.MinValue, long.MaxValue),
        MaxOutputTokens = (int?)(fields.Integer(body, "max_completion_tokens", 1, int.MaxValue) ?? fields.Integer(body, "max_tokens", 1, int.MaxValue)),
        StopSequences = ReadStops(body, fields),
        ResponseFormat = ReadFormat(body, fields),
    };

    private static List<string>? ReadStops(JsonElement body, FieldReader fields)
    {
        if (FieldReader.Get(body, "stop") is not { } stop)
            return null;
        if (stop.ValueKind is JsonValueKind.String)
            return [stop.GetString()!];
        var isList = stop.ValueKind is JsonValueKind.Array && stop.GetArrayLength() <= 4 && stop.EnumerateArray().All(static item => item.ValueKind is JsonValueKind.String);
        if (!isList)
            fields.Fail("stop", "a string or up to 4 of them are expected");
        return isList ? [.. stop.EnumerateArray().Select(static item => item.GetString()!)] : null;
    }

    private static ChatResponseFormat? ReadFormat(JsonElement body, FieldReader fields)
    {
        if (fields.Object(body, "response_format") is not { } format)
            return null;
        switch (fields.OneOf(format, "type", ["text", "json_object", "json_schema"], "response_format."))
        {
            case "json_object":
                return ChatResponseFormat.Json;
            case "json_schema":
                const string Prefix = "response_format.json_schema.";
                if (fields.Object(format, "json_schema", "response_format.") is not { } given)
                    break;
                var name = fields.RequiredText(given, "name", Prefix, maxLength: 64);
                return fields.Object(given, "schema", Prefix) is { } schema ? ChatResponseFormat.ForJsonSchema(schema.Clone(), name, fields.Text(given, "description", Prefix)) : ChatResponseFormat.Json;
        }
        return null;
    }
}
