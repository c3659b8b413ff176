using System.Text.Json;
using OpenClaw.Gateway.Core.Agents.Messages;
using OpenClaw.Gateway.Core.Http.ChatCompletions;
using OpenClaw.Gateway.Core.Http.Requests;
using OpenClaw.Gateway.Core.Http.Runs;

namespace OpenClaw.Gateway.Core.Http.Responses;

/// <summary>A picture of a request: base64 content, or an address to fetch (or a data URL).</summary>
/// <param name="Path">Path of its field.</param>
/// <param name="Url">Address; null when <paramref name="Data"/> has it.</param>
/// <param name="Data">Base64 content.</param>
internal sealed record PicturePart(string Path, string? Url, string? Data);

/// <summary>One message of the input, its pictures not yet looked at.</summary>
internal sealed record InputMessage(ClientEntry Entry, IReadOnlyList<PicturePart> Pictures);

/// <summary>What a request asks: messages, calls and results, the texts for the system prompt, and files.</summary>
internal sealed class ResponseInput
{
    private const int MaxItems = 10_000;

    private readonly List<InputMessage> _messages = [];
    private readonly List<string> _system = [];
    private readonly List<FilePart> _files = [];

    public IReadOnlyList<InputMessage> Messages => _messages;

    public IReadOnlyList<string> System => _system;

    public IReadOnlyList<FilePart> Files => _files;

    public static ResponseInput Read(JsonElement body, FieldReader fields)
    {
        var input = new ResponseInput();
        var given = FieldReader.Get(body, "input");
        if (given is { ValueKind: JsonValueKind.String } text)
            input._messages.Add(new InputMessage(new ClientEntry(ClientRole.User, text.GetString()!.Trim()), []));
        else if (given is not { ValueKind: JsonValueKind.Array })
            fields.FailAs("input: Invalid input", "input");
        else
            input.ReadItems(body, fields);
        return input;
    }

    private void ReadItems(JsonElement body, FieldReader fields)
    {
        foreach (var (item, path) in fields.Objects(body, "input", maxCount: MaxItems))
        {
            var prefix = path + ".";
            // OpenAI's libraries leave the type of a message out.
            switch (fields.Text(item, "type", prefix) ?? "message")
            {
                case "message":
                    ReadMessage(item, prefix, fields);
                    break;
                case "function_call":
                    ReadCall(item, prefix, fields);
                    break;
                case "function_call_output":
                    ReadOutput(item, prefix, fields);
                    break;
                case "reasoning" or "item_reference":
                    // Said to a model of the caller's; ours has its own memory.
                    break;
                case var type:
                    fields.Fail(prefix + "type", $"items of the type '{type}' are not taken");
                    break;
            }
        }
    }

    private void ReadMessage(JsonElement item, string prefix, FieldReader fields)
    {
        fields.RequiredText(item, "role", prefix);
        var role = fields.OneOf(item, "role", ["system", "developer", "user", "assistant"], prefix);
        var pictures = new List<PicturePart>();
        var filesBefore = _files.Count;
        var text = ReadContent(item, "content", prefix, pictures, fields);
        if (role is "system" or "developer")
        {
            if (text.Length > 0)
                _system.Add(text);
            pictures.ForEach(picture => fields.Fail(picture.Path, $"a message of the role {role} takes no pictures"));
            return;
        }
        var isAssistant = role == "assistant";
        // The files go where the model is told what it is; what is left of such a message are their names.
        if (text.Length == 0 && !isAssistant && _files.Count > filesBefore)
            text = "Attached: " + string.Join(", ", _files.Skip(filesBefore).Select(static file => FileParts.NameOf(file.Name)));
        _messages.Add(new InputMessage(new ClientEntry(isAssistant ? ClientRole.Assistant : ClientRole.User, text), isAssistant ? [] : pictures));
    }

    private void ReadCall(JsonElement item, string prefix, FieldReader fields)
    {
        var name = fields.RequiredText(item, "name", prefix, maxLength: 256);
        var id = fields.Text(item, "call_id", prefix, maxLength: 512) ?? fields.Text(item, "id", prefix, maxLength: 512) ?? $"call_{_messages.Count}";
        var call = new ToolCallBlock(id, name, ChatMessages.ArgumentsOf(fields.Text(item, "arguments", prefix) ?? ""));
        // All calls of one turn belong to one message.
        if (_messages is [.., { Entry: { Role: ClientRole.Assistant } last } message])
            _messages[^1] = message with { Entry = last with { Calls = [.. last.Calls, call] } };
        else
            _messages.Add(new InputMessage(new ClientEntry(ClientRole.Assistant, "") { Calls = [call] }, []));
    }

    private void ReadOutput(JsonElement item, string prefix, FieldReader fields)
    {
        var id = fields.RequiredText(item, "call_id", prefix, maxLength: 512);
        if (FieldReader.Get(item, "output") is null)
            fields.Fail(prefix + "output", FieldReader.Expected("string", "undefined"));
        var pictures = new List<PicturePart>();
        var text = ReadContent(item, "output", prefix, pictures, fields);
        _messages.Add(new InputMessage(new ClientEntry(ClientRole.Tool, text) { CallId = id, ToolName = id }, pictures));
    }

    private string ReadContent(JsonElement item, string name, string prefix, List<PicturePart> pictures, FieldReader fields)
    {
        if (FieldReader.Get(item, name) is not { } content)
            return "";
        if (content.ValueKind is JsonValueKind.String)
            return content.GetString()!.Trim();
        var texts = new List<string>();
        foreach (var (part, path) in fields.Objects(item, name, prefix))
        {
            switch (fields.RequiredText(part, "type", path + "."))
            {
                case "input_text" or "output_text" or "text":
                    texts.Add(fields.Text(part, "text", path + ".") ?? "");
                    break;
                case "refusal":
                    texts.Add(fields.Text(part, "refusal", path + ".") ?? "");
                    break;
                case "input_image":
                    pictures.Add(ReadPicture(part, path, fields));
                    break;
                case "input_file":
                    _files.Add(ReadFile(part, path, fields));
                    break;
                case { Length: > 0 } type:
                    fields.Fail(path + ".type", $"parts of the type '{type}' are not taken");
                    break;
            }
        }
        return string.Join('\n', texts).Trim();
    }

    private static PicturePart ReadPicture(JsonElement part, string path, FieldReader fields)
    {
        if (fields.Object(part, "source", path + ".") is not { } source)
            return new PicturePart(path, fields.RequiredText(part, "image_url", path + "."), null);
        var isUrl = SourceIsUrl(source, path, fields);
        if (!isUrl)
            fields.OneOf(source, "media_type", ["image/jpeg", "image/png", "image/gif", "image/webp"], path + ".source.");
        return isUrl ? new PicturePart(path, fields.RequiredText(source, "url", path + ".source."), null) : new PicturePart(path, null, fields.RequiredText(source, "data", path + ".source."));
    }

    private static FilePart ReadFile(JsonElement part, string path, FieldReader fields)
    {
        if (fields.Object(part, "source", path + ".") is { } source)
        {
            const string Source = ".source.";
            var name = fields.Text(source, "filename", path + Source);
            return SourceIsUrl(source, path, fields)
                ? new FilePart(path, name, fields.RequiredText(source, "url", path + Source), null, fields.Text(source, "media_type", path + Source))
                : new FilePart(path, name, null, fields.RequiredText(source, "data", path + Source), fields.RequiredText(source, "media_type", path + Source));
        }
        var filename = fields.Text(part, "filename", path + ".");
        if (fields.Text(part, "file_url", path + ".") is { } url)
            return new FilePart(path, filename, url, null, null);
        var data = fields.RequiredText(part, "file_data", path + ".");
        var content = ImageReader.DataOf(data);
        return new FilePart(path, filename, null, content ?? data, content is null ? "text/plain" : data["data:".Length..data.IndexOf(";base64,", StringComparison.OrdinalIgnoreCase)]);
    }

    private static bool SourceIsUrl(JsonElement source, string path, FieldReader fields)
    {
        fields.RequiredText(source, "type", path + ".source.");
        return fields.OneOf(source, "type", ["url", "base64"], path + ".source.") == "url";
    }
}
