using System.Text.Json;
using System.Text.Json.Nodes;

namespace OpenClaw.Gateway.Core.Agents.Tools;

/// <summary>Reads checked arguments.</summary>
internal static class ToolArgumentsReader
{
    public static string? Text(this JsonObject arguments, string name) =>
        arguments[name] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    /// <summary>Null when absent or out of the range of an int.</summary>
    public static int? Int(this JsonObject arguments, string name) =>
        arguments[name] is JsonValue value && value.GetValueKind() == JsonValueKind.Number
        && value.TryGetValue(out double number) && number is >= int.MinValue and <= int.MaxValue
            ? (int)number
            : null;

    public static bool Flag(this JsonObject arguments, string name) =>
        arguments[name] is JsonValue value && value.GetValueKind() == JsonValueKind.True;
}
