using System.Text.Json;
using Microsoft.Extensions.AI;
using OpenClaw.Gateway.Core.Agents.Providers;
using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Gateway.Core.Agents.Tools;
using OpenClaw.Gateway.Core.Http.Requests;

namespace OpenClaw.Gateway.Core.Http.Responses;

/// <summary>A request for a response, with everything in it checked. What no agent could honor is checked, and then passed over.</summary>
internal sealed record ResponsesRequest
{
    /// <summary>The original's fields, and those that OpenAI's libraries send besides.</summary>
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "model", "input", "instructions", "tools", "tool_choice", "stream", "max_output_tokens", "user", "temperature", "top_p", "metadata", "store",
        "previous_response_id", "max_tool_calls", "reasoning", "truncation", "parallel_tool_calls", "include", "text", "service_tier", "prompt_cache_key",
        "prompt_cache_retention", "safety_identifier", "background", "stream_options", "top_logprobs",
    };

    public required string Model { get; init; }

    public string? Instructions { get; init; }

    public bool Stream { get; init; }

    public string? User { get; init; }

    public string? PreviousResponseId { get; init; }

    public required ResponseInput Input { get; init; }

    public required ClientToolSet Tools { get; init; }

    public required SamplingOptions Sampling { get; init; }

    public ThinkingLevel? Thinking { get; init; }

    /// <summary>What is told back.</summary>
    public required AskedFields Asked { get; init; }

    public static ResponsesRequest Read(JsonElement body, FieldReader fields)
    {
        var model = fields.Text(body, "model", maxLength: 256);
        if (model is null)
            fields.Fail("model", FieldReader.Expected("string", "undefined"));
        if (body.EnumerateObject().FirstOrDefault(static member => member.Value.ValueKind is not JsonValueKind.Null && !Known.Contains(member.Name)) is { Value.ValueKind: not JsonValueKind.Undefined } unknown)
            fields.FailAs($": Unrecognized key: \"{unknown.Name}\"", unknown.Name);
        if (fields.Flag(body, "background") == true)
            fields.Fail("background", "answers are not made in the background");
        fields.Flag(body, "store");
        fields.Flag(body, "parallel_tool_calls");
        fields.Integer(body, "max_tool_calls", 1, int.MaxValue);
        fields.OneOf(body, "truncation", ["auto", "disabled"]);
        CheckMetadata(body, fields);
        return new ResponsesRequest
        {
            Model = model ?? "",
            Instructions = fields.Text(body, "instructions"),
            Stream = fields.Flag(body, "stream") ?? false,
            User = fields.Text(body, "user", maxLength: 256),
            PreviousResponseId = fields.Text(body, "previous_response_id", maxLength: ResponseId.MaxLength),
            Input = ResponseInput.Read(body, fields),
            Tools = ToolsReader.Read(body, fields),
            Sampling = new SamplingOptions
            {
                Temperature = (float?)fields.Number(body, "temperature", 0, 2),
                TopP = (float?)fields.Number(body, "top_p", 0, 1),
                MaxOutputTokens = (int?)fields.Integer(body, "max_output_tokens", 1, int.MaxValue),
                ResponseFormat = ReadFormat(body, fields),
            },
            Thinking = ReadThinking(body, fields),
            Asked = AskedFields.Of(body),
        };
    }

    private static ThinkingLevel? ReadThinking(JsonElement body, FieldReader fields)
    {
        if (fields.Object(body, "reasoning") is not { } reasoning)
            return null;
        fields.OneOf(reasoning, "summary", ["auto", "concise", "detailed"], "reasoning.");
        return fields.OneOf(reasoning, "effort", ["none", "minimal", "low", "medium", "high", "xhigh"], "reasoning.") is { } effort
            ? Levels.ParseThinking(effort == "none" ? "off" : effort)
            : null;
    }

    private static void CheckMetadata(JsonElement body, FieldReader fields)
    {
        if (fields.Object(body, "metadata") is not { } metadata)
            return;
        foreach (var member in metadata.EnumerateObject())
        {
            if (member.Value.ValueKind is not JsonValueKind.String)
                fields.Fail("metadata." + member.Name, FieldReader.Expected("string", FieldReader.NameOf(member.Value)));
        }
    }

    private static ChatResponseFormat? ReadFormat(JsonElement body, FieldReader fields)
    {
        if (fields.Object(body, "text") is not { } text || fields.Object(text, "format", "text.") is not { } format)
            return null;
        const string Prefix = "text.format.";
        return fields.OneOf(format, "type", ["text", "json_object", "json_schema"], Prefix) switch
        {
            "json_object" => ChatResponseFormat.Json,
            "json_schema" when fields.Object(format, "schema", Prefix) is { } schema =>
                ChatResponseFormat.ForJsonSchema(schema.Clone(), fields.RequiredText(format, "name", Prefix, maxLength: 64), fields.Text(format, "description", Prefix)),
            _ => null,
        };
    }
}
