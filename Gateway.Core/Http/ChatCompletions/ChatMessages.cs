using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Agents.Messages;
using OpenClaw.Gateway.Core.Agents.Tools;
using OpenClaw.Gateway.Core.Http.Requests;

namespace OpenClaw.Gateway.Core.Http.ChatCompletions;

/// <summary>One message of a request, its pictures not yet looked at.</summary>
/// <param name="Role"><c>system</c> (also for <c>developer</c>), <c>user</c>, <c>assistant</c> or <c>tool</c> (also for <c>function</c>).</param>
/// <param name="Text">All its text, trimmed.</param>
/// <param name="ImageUrls">Addresses or data URLs, with the paths of their fields.</param>
internal sealed record ChatMessagePart(string Role, string Text, IReadOnlyList<(string Url, string Path)> ImageUrls)
{
    public IReadOnlyList<ToolCallBlock> Calls { get; init; } = [];

    public string? CallId { get; init; }

    public string? Name { get; init; }
}

/// <summary>Reads the <c>messages</c> of a chat completion.</summary>
internal static class ChatMessages
{
    private const int MaxMessages = 10_000;

    public static List<ChatMessagePart> Read(JsonElement body, FieldReader fields)
    {
        var messages = new List<ChatMessagePart>();
        foreach (var (item, path) in fields.Objects(body, "messages", maxCount: MaxMessages))
        {
            var prefix = path + ".";
            fields.RequiredText(item, "role", prefix);
            var role = fields.OneOf(item, "role", ["system", "developer", "user", "assistant", "tool", "function"], prefix);
            var (text, images) = ReadContent(item, prefix, fields);
            if (images.Count > 0 && role is "system" or "developer" or "assistant")
                images.ForEach(image => fields.Fail(image.Path, $"a message of the role {role} takes no pictures"));
            messages.Add(new ChatMessagePart(role switch { "developer" => "system", "function" => "tool", _ => role ?? "" }, text, images)
            {
                Name = fields.Text(item, "name", prefix, maxLength: 256),
                CallId = role == "tool" ? fields.RequiredText(item, "tool_call_id", prefix, maxLength: 512) : null,
                Calls = role == "assistant" ? [.. ReadCalls(item, prefix, fields)] : [],
            });
        }
        return messages;
    }

    private static (string Text, List<(string Url, string Path)> Images) ReadContent(JsonElement message, string prefix, FieldReader fields)
    {
        var images = new List<(string, string)>();
        if (FieldReader.Get(message, "content") is not { } content)
            return ("", images);
        if (content.ValueKind is JsonValueKind.String)
            return (content.GetString()!.Trim(), images);
        if (content.ValueKind is not JsonValueKind.Array)
        {
            fields.Fail(prefix + "content", FieldReader.Expected("string or array", FieldReader.NameOf(content)));
            return ("", images);
        }
        var texts = new List<string>();
        foreach (var (part, path) in fields.Objects(message, "content", prefix))
        {
            var type = fields.RequiredText(part, "type", path + ".");
            switch (type)
            {
                case "text" or "input_text" or "output_text":
                    texts.Add(fields.RequiredText(part, "text", path + "."));
                    break;
                case "refusal":
                    texts.Add(fields.RequiredText(part, "refusal", path + "."));
                    break;
                case "image_url" or "input_image":
                    images.Add((ImageUrl(part, path, fields), path + ".image_url"));
                    break;
                case not "":
                    fields.Fail(path + ".type", $"parts of the type '{type}' are not taken; text and image_url are", "unsupported_value");
                    break;
            }
        }
        return (string.Join('\n', texts).Trim(), images);
    }

    private static string ImageUrl(JsonElement part, string path, FieldReader fields)
    {
        if (FieldReader.Get(part, "image_url") is { ValueKind: JsonValueKind.String } bare)
            return bare.GetString()!;
        if (fields.Object(part, "image_url", path + ".") is { } image)
            return fields.RequiredText(image, "url", path + ".image_url.");
        fields.Fail(path + ".image_url", FieldReader.Expected("object", "undefined"));
        return "";
    }

    private static IEnumerable<ToolCallBlock> ReadCalls(JsonElement message, string prefix, FieldReader fields)
    {
        foreach (var (item, path) in fields.Objects(message, "tool_calls", prefix, maxCount: 128))
        {
            var id = fields.RequiredText(item, "id", path + ".", maxLength: 512);
            if (fields.Object(item, "function", path + ".") is not { } function)
            {
                fields.Fail(path + ".function", FieldReader.Expected("object", "undefined"));
                continue;
            }
            var name = fields.RequiredText(function, "name", path + ".function.", maxLength: 256);
            yield return new ToolCallBlock(id, name, ArgumentsOf(fields.Text(function, "arguments", path + ".function.") ?? ""));
        }
    }

    /// <summary>Arguments are JSON in a string. Models write broken ones, and what one has said must not be refused afterwards.</summary>
    public static JsonObject ArgumentsOf(string text) => CallArguments.Read(text).Arguments ?? new JsonObject { ["arguments"] = text };
}
