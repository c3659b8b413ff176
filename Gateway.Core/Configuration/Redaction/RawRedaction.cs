using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using OpenClaw.Gateway.Core.Configuration.Json5;
using OpenClaw.Gateway.Core.Configuration.Loading;

namespace OpenClaw.Gateway.Core.Configuration.Redaction;

/// <summary>
/// Redacts a configuration's text. In a readable text the values of secret keys are cut out by their place; the same
/// words elsewhere (a comment, a URL) are replaced too. A text that does not parse is redacted line by line.
/// </summary>
internal static partial class RawRedaction
{
    /// <summary>Shorter words would be replaced all over the text; their own value is cut out anyway.</summary>
    private const int ShortestWord = 4;

    private const string Quoted = "\"" + ConfigRedaction.Marker + "\"";

    public static string Apply(string raw, JsonNode? resolved)
    {
        if (!Json5Document.TryParse(raw, out var document, out _))
            return UnreadableSecret().Replace(raw, match => match.Groups["key"].Value + Quoted);
        var words = new HashSet<string>();
        var spans = new List<Json5Node>();
        Collect(document.Root, spans);
        CollectWords(Json5Conversion.ToJson(document), words);
        CollectWords(resolved, words);
        foreach (var span in spans.OrderByDescending(node => node.Start))
            raw = raw[..span.Start] + Quoted + raw[span.End..];
        return MaskWords(raw, words);
    }

    /// <summary>All secret strings below a value.</summary>
    public static void CollectWords(JsonNode? value, HashSet<string> words, bool secret = false)
    {
        switch (value)
        {
            case JsonObject obj:
                foreach (var (key, member) in obj)
                    CollectWords(member, words, secret || ConfigRedaction.IsSecret(key, member));
                break;
            case JsonArray array:
                foreach (var item in array)
                    CollectWords(item, words, secret);
                break;
            default:
                if (secret && JsonKinds.IsString(value, out var text) && ConfigRedaction.IsSecretText(text))
                    words.Add(text);
                break;
        }
    }

    /// <summary>Longest first, so that a secret that contains another one goes as a whole.</summary>
    public static string MaskWords(string text, IEnumerable<string> words)
    {
        foreach (var word in words.Where(word => word.Length >= ShortestWord).OrderByDescending(word => word.Length))
            text = text.Replace(word, ConfigRedaction.Marker, StringComparison.Ordinal);
        return text;
    }

    private static void Collect(Json5Node node, List<Json5Node> spans, bool everyText = false)
    {
        switch (node)
        {
            case Json5Object obj:
                foreach (var member in obj.Members)
                {
                    if (ConfigRedaction.IsSecret(member.Name, Kind(member.Value)))
                        spans.Add(member.Value);
                    else
                        Collect(member.Value, spans, everyText || ConfigRedaction.HoldsOnlySecrets(member.Name));
                }
                break;
            case Json5Array array:
                foreach (var item in array.Items)
                    Collect(item, spans, everyText);
                break;
            case Json5String text when everyText && ConfigRedaction.IsSecretText(text.Value):
                spans.Add(text);
                break;
        }
    }

    /// <summary>A JSON value of the node's kind: enough to judge it by.</summary>
    private static JsonNode? Kind(Json5Node node) => node switch
    {
        Json5String text => JsonValue.Create(text.Value),
        Json5Integer or Json5Number => JsonNumber.Create(0),
        Json5Literal { Value: { } truth } => JsonValue.Create(truth),
        Json5Literal => null,
        Json5Array => new JsonArray(),
        _ => new JsonObject(),
    };

    [GeneratedRegex(
        """(?<key>[\w.$"'-]*(token|password|passphrase|secret|api.?key|private.?key|authorization)[\w.$"'-]*\s*:\s*)("[^"\r\n]*"?|'[^'\r\n]*'?|[^\s,}\]]+)""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex UnreadableSecret();
}
