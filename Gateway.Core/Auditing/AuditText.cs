using System.Diagnostics.CodeAnalysis;
using OpenClaw.Gateway.Core.Agents.Tools.Exec;

namespace OpenClaw.Gateway.Core.Auditing;

/// <summary>Words of clients as the audit log shows them: on one line, nothing hidden or turned around, and not without end.</summary>
internal static class AuditText
{
    private const int MaxChars = 200;

    private const int MaxListed = 20;

    private const int DeviceIdChars = 64;

    [return: NotNullIfNotNull(nameof(text))]
    public static string? Of(string? text) =>
        text is null ? null
        : text.Length > MaxChars ? DisplayText.Escape(text[..MaxChars]) + "…"
        : DisplayText.Escape(text);

    /// <summary>A comma in an item does not make two of it.</summary>
    public static string Of(IReadOnlyList<string>? list) =>
        list is null ? ""
        : string.Join(',', list.Take(MaxListed).Select(static item => Of(item).Replace(",", "\\u{2c}", StringComparison.Ordinal))) + (list.Count > MaxListed ? ",…" : "");

    /// <summary>An id that nobody has proven: what cannot be one is not repeated.</summary>
    public static string? OfDeviceId(string? claimed) =>
        claimed is null ? null
        : claimed.Length == DeviceIdChars && claimed.All(char.IsAsciiHexDigit) ? claimed
        : "not an id";
}
