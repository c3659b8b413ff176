using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using OpenClaw.Gateway.Core.Agents.Tools;

namespace OpenClaw.Gateway.Core.Http.Requests;

/// <summary>Reads <c>tools</c> and <c>tool_choice</c>, in the form of chat completions and in the flat one of responses.</summary>
internal static partial class ToolsReader
{
    private const int MaxTools = 128;

    private static readonly JsonElement NoParameters = Schemas.Parse("""{"type":"object","properties":{}}""");

    public static ClientToolSet Read(JsonElement body, FieldReader fields)
    {
        var tools = new List<ClientTool>();
        foreach (var (item, path) in fields.Objects(body, "tools", maxCount: MaxTools))
        {
            if (fields.RequiredText(item, "type", path + ".") is not ("function" or ""))
                fields.Fail(path + ".type", "only functions can be called");
            var isNested = FieldReader.Get(item, "function") is not null;
            var function = isNested ? fields.Object(item, "function", path + ".") : item;
            if (function is { } found && ReadOne(found, isNested ? path + ".function." : path + ".", fields) is { } tool)
            {
                if (tools.Exists(known => known.Name == tool.Name))
                    fields.Fail(path, $"two tools are called '{tool.Name}'");
                tools.Add(tool);
            }
        }
        return Choose(body, tools, fields);
    }

    private static ClientTool? ReadOne(JsonElement function, string prefix, FieldReader fields)
    {
        var name = fields.RequiredText(function, "name", prefix);
        if (name.Length > 0 && !NamePattern().IsMatch(name))
            fields.Fail(prefix + "name", "1 to 64 letters, digits, - and _ are allowed");
        var description = fields.Text(function, "description", prefix) ?? "";
        var strict = fields.Flag(function, "strict", prefix) ?? false;
        return name.Length == 0 ? null : new ClientTool(name, description, fields.Object(function, "parameters", prefix)?.Clone() ?? NoParameters) { IsStrict = strict };
    }

    private static ClientToolSet Choose(JsonElement body, List<ClientTool> tools, FieldReader fields)
    {
        if (FieldReader.Get(body, "tool_choice") is not { } choice)
            return new ClientToolSet(tools);
        if (choice.ValueKind is JsonValueKind.Object)
            return ChooseNamed(choice, tools, fields);
        switch (choice.ValueKind is JsonValueKind.String ? choice.GetString() : null)
        {
            case "auto":
                return new ClientToolSet(tools);
            case "none":
                return ClientToolSet.None;
            case "required":
                if (tools.Count == 0)
                    fields.FailAs("Error: tool_choice=required but no tools were provided", "tool_choice");
                return new ClientToolSet(tools, ChatToolMode.RequireAny);
            default:
                fields.Fail("tool_choice", "allowed are auto, none, required, or a function");
                return ClientToolSet.None;
        }
    }

    private static ClientToolSet ChooseNamed(JsonElement choice, List<ClientTool> tools, FieldReader fields)
    {
        fields.OneOf(choice, "type", ["function"], "tool_choice.");
        var function = FieldReader.Get(choice, "function") is null ? choice : fields.Object(choice, "function", "tool_choice.");
        var name = function is { } found ? fields.RequiredText(found, "name", "tool_choice.function.") : "";
        if (name.Length == 0)
            return ClientToolSet.None;
        if (tools.Find(tool => tool.Name == name) is not { } chosen)
        {
            fields.FailAs($"Error: tool_choice requested unknown tool: {name}", "tool_choice");
            return ClientToolSet.None;
        }
        return new ClientToolSet([chosen], ChatToolMode.RequireSpecific(name));
    }

    [GeneratedRegex(@"^[a-zA-Z0-9_-]{1,64}\z")]
    private static partial Regex NamePattern();
}
