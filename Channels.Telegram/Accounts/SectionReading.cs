using System.Text.Json;

namespace OpenClaw.Channels.Telegram.Accounts;

/// <summary>Reads members of a section, which may be of any form: the configuration is checked elsewhere, and by another version perhaps.</summary>
internal static class SectionReading
{
    public static JsonElement Member(this JsonElement section, string name) =>
        section.ValueKind is JsonValueKind.Object && section.TryGetProperty(name, out var value) ? value : default;

    /// <summary>A text that is not blank, without blanks around it.</summary>
    public static string? Text(this JsonElement section, string name) =>
        section.Member(name) is { ValueKind: JsonValueKind.String } value && value.GetString()!.Trim() is { Length: > 0 } text ? text : null;

    public static bool? Flag(this JsonElement section, string name) => section.Member(name).ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    public static double? Number(this JsonElement section, string name) =>
        section.Member(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetDouble(out var number) && double.IsFinite(number) ? number : null;
}
