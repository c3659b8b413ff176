using OpenClaw.Gateway.Protocol.Methods.Nodes;

namespace OpenClaw.Cli.Commands.Nodes;

/// <summary>Finds the node that a user means.</summary>
internal static class NodeSelector
{
    /// <summary>Shorter beginnings of an id mean too many.</summary>
    private const int ShortestPrefix = 6;

    /// <summary>The id of the one node that is meant, or what is wrong.</summary>
    public static (string? NodeId, string? Problem) Find(IReadOnlyList<NodeRow> nodes, string wanted)
    {
        var text = wanted.Trim();
        if (text.Length == 0)
            return (null, "node required");
        if (nodes.FirstOrDefault(node => node.NodeId == text) is { } exact)
            return (exact.NodeId, null);
        var name = Normalized(text);
        var matches = nodes.Where(node =>
            node.RemoteIp == text
            || (name.Length > 0 && node.DisplayName is { } display && Normalized(display) == name)
            || (text.Length >= ShortestPrefix && node.NodeId.StartsWith(text, StringComparison.Ordinal))).ToArray();
        return matches.Length switch
        {
            1 => (matches[0].NodeId, null),
            0 => (null, "unknown node: " + wanted),
            _ => (null, $"ambiguous node: {wanted} (matches: {string.Join(", ", matches.Select(node => node.DisplayName ?? node.NodeId))})"),
        };
    }

    /// <summary>Letters and digits in lower case, everything between them as one dash.</summary>
    private static string Normalized(string name) =>
        string.Join('-', new string([.. name.ToLowerInvariant().Select(static c => char.IsAsciiLetterOrDigit(c) ? c : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
