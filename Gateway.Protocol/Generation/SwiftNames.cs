using System.Collections.Frozen;

namespace OpenClaw.Gateway.Protocol.Generation;

/// <summary>Makes Swift identifiers of wire names.</summary>
internal static class SwiftNames
{
    private static FrozenSet<string> Keywords { get; } = FrozenSet.Create(
        StringComparer.Ordinal,
        "Any", "Protocol", "Self", "Type", "as", "associatedtype", "break", "case", "catch", "class", "continue", "default", "defer", "deinit", "do",
        "else", "enum", "extension", "fallthrough", "false", "fileprivate", "for", "func", "guard", "if", "import", "in", "init", "inout",
        "internal", "is", "let", "nil", "operator", "private", "protocol", "public", "repeat", "rethrows", "return", "self", "static",
        "struct", "subscript", "super", "switch", "throw", "throws", "true", "try", "typealias", "var", "where", "while");

    /// <summary>Name of a member: a wire name is an identifier already, unless it is a keyword.</summary>
    public static string Member(string name) => Keywords.Contains(name) ? $"`{name}`" : name;

    /// <summary>Name of a constant for a text like <c>openclaw-control-ui</c> or <c>operator.admin</c>.</summary>
    public static string Constant(string value)
    {
        var parts = value.Split(['-', '_', '.', ' '], StringSplitOptions.RemoveEmptyEntries);
        return Member(parts[0] + string.Concat(parts[1..].Select(Pascal)));
    }

    /// <summary>The name with its first letter in upper case.</summary>
    public static string Pascal(string name) => char.ToUpperInvariant(name[0]) + name[1..];
}
