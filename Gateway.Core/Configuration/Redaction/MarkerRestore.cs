using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Configuration.Json5;
using OpenClaw.Gateway.Core.Configuration.Loading;

namespace OpenClaw.Gateway.Core.Configuration.Redaction;

/// <summary>
/// Puts back what <see cref="ConfigRedaction.Marker"/> stands for in a text that a client saved: the characters the
/// current file has at that place, so a reference to a variable stays a reference.
/// </summary>
internal sealed class MarkerRestore
{
    private readonly List<(int Start, int End, string Text)> _replacements = [];
    private readonly List<string[]> _removals = [];
    private readonly HashSet<string> _secrets = [];
    private readonly Json5Document? _current;
    private string? _refused;

    private MarkerRestore(Json5Document? current, JsonNode resolved)
    {
        _current = current;
        RawRedaction.CollectWords(resolved, _secrets);
        if (current is not null)
            RawRedaction.CollectWords(Json5Conversion.ToJson(current), _secrets);
    }

    /// <param name="incoming">The text to save.</param>
    /// <param name="current">The file as it is; null without a readable one.</param>
    /// <param name="resolved">The effective configuration as it is.</param>
    public static Json5EditResult Apply(Json5Document incoming, Json5Document? current, JsonObject resolved)
    {
        if (!incoming.Text.Contains(ConfigRedaction.Marker, StringComparison.Ordinal))
            return new(incoming.Text, null);
        var restore = new MarkerRestore(current, resolved);
        restore.Visit(incoming.Root, current?.Root, resolved, []);
        if (restore._refused is { } key)
            return new(null, $"config write rejected: \"{key}\" is redacted; set an explicit value instead of {ConfigRedaction.Marker}");

        var text = incoming.Text;
        foreach (var (start, end, original) in restore._replacements.OrderByDescending(item => item.Start))
            text = text[..start] + original + text[end..];
        foreach (var path in restore._removals)
        {
            if (!Json5Document.TryParse(text, out var document, out var error))
                return new(null, error.Message);
            text = Json5Edit.Remove(document, path).Text ?? text;
        }
        return new(text, null);
    }

    private void Visit(Json5Node incoming, Json5Node? current, JsonNode? resolved, string[] path)
    {
        switch (incoming)
        {
            case Json5Object obj:
                foreach (var member in obj.Members)
                    Visit(member.Value, (current as Json5Object)?.Find(member.Name)?.Value, (resolved as JsonObject)?[member.Name], [.. path, member.Name]);
                break;
            case Json5Array array:
                for (var i = 0; i < array.Items.Count; i++)
                {
                    Visit(array.Items[i], MatchNode(array, i, current as Json5Array), MatchNode(array, i, resolved as JsonArray),
                        [.. path, i.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
                }
                break;
            case Json5String text when text.Value.Contains(ConfigRedaction.Marker, StringComparison.Ordinal):
                Restore(text, current, resolved, path);
                break;
        }
    }

    private void Restore(Json5String text, Json5Node? current, JsonNode? resolved, string[] path)
    {
        var whole = text.Value == ConfigRedaction.Marker;
        if (current is not null && (whole || (current is Json5String old && RawRedaction.MaskWords(old.Value, _secrets) == text.Value)))
            _replacements.Add((text.Start, text.End, _current!.Text[current.Start..current.End]));
        else if (whole && resolved is not null)
            _removals.Insert(0, path); // An included file or an old key sets it, and goes on doing so.
        else
            _refused ??= path[^1];
    }

    /// <summary>
    /// The list item that an item was before. Named items are found by name: by position, deleting the first account
    /// of a list would hand its secret to the second.
    /// </summary>
    internal static Json5Node? MatchNode(Json5Array incoming, int index, Json5Array? current)
    {
        if (current is null)
            return null;
        if (NameOf(incoming.Items[index]) is { } name)
            return current.Items.FirstOrDefault(item => NameOf(item) == name);
        return current.Items.Count == incoming.Items.Count ? current.Items[index] : null;
    }

    internal static JsonNode? MatchNode(Json5Array incoming, int index, JsonArray? current)
    {
        if (current is null)
            return null;
        if (NameOf(incoming.Items[index]) is { } name)
            return current.FirstOrDefault(item => NameOf(item) == name);
        return current.Count == incoming.Items.Count ? current[index] : null;
    }

    private static string? NameOf(Json5Node node) =>
        node is Json5Object obj ? ((obj.Find("id") ?? obj.Find("name"))?.Value as Json5String)?.Value : null;

    private static string? NameOf(JsonNode? node) =>
        node is JsonObject obj && JsonKinds.IsString(obj["id"] ?? obj["name"], out var name) ? name : null;
}
