using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace OpenClaw.Gateway.Core.Tests.Replay;

/// <summary>
/// What a recorded value stands for now. Ids, tokens and keys are made anew in every run: the first meeting binds the recorded one
/// to ours, and from then on they must keep meeting. Paths, times and the names of the recording machine are compared by their form.
/// </summary>
internal sealed partial class RecordedValues(string homeDirectory)
{
    private const string RecordedHome = "/srv/user";
    private readonly Dictionary<string, string> _bound = new(StringComparer.Ordinal);

    public void Note(string recorded, string actual) => _bound[recorded] = actual;

    /// <summary>Whether our text is what the recorded one would be in this run.</summary>
    public bool Fits(string recorded, string actual)
    {
        if (recorded == actual)
            return true;
        if (PlaceholderPattern().IsMatch(recorded))
            return actual.Length > 0;
        if (IdPattern().IsMatch(recorded) && IdPattern().IsMatch(actual))
            return Bind(recorded, actual);
        return Normal(recorded, RecordedHome) == Normal(actual, homeDirectory);
    }

    /// <summary>Puts our ids into what a recorded client sends.</summary>
    public JsonNode? Translate(JsonNode? node) => node switch
    {
        JsonObject value => new JsonObject(value.Select(member => KeyValuePair.Create(member.Key, Translate(member.Value)))),
        JsonArray value => new JsonArray([.. value.Select(Translate)]),
        JsonValue value when value.GetValueKind() is JsonValueKind.String => JsonValue.Create(_bound.GetValueOrDefault((string)value!, (string)value!)),
        _ => node?.DeepClone(),
    };

    private bool Bind(string recorded, string actual)
    {
        if (_bound.TryGetValue(recorded, out var known))
            return known == actual;
        _bound[recorded] = actual;
        return true;
    }

    private static string Normal(string text, string home)
    {
        text = text.Replace(home, "<home>", StringComparison.Ordinal);
        text = TimePattern().Replace(text, "<time>");
        return UuidPattern().Replace(text, "<id>");
    }

    /// <summary>What was put in place of long texts after recording; see tests/Transcripts/README.md.</summary>
    [GeneratedRegex(@"^\[(prompt|help|description|message|content)\]$")]
    private static partial Regex PlaceholderPattern();

    /// <summary>UUIDs, message ids, device tokens, device ids, raw public keys.</summary>
    [GeneratedRegex("^(inject-)?([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{8}|[0-9a-f]{32}|[0-9a-f]{64}|[A-Za-z0-9_-]{43})$")]
    private static partial Regex IdPattern();

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex UuidPattern();

    /// <summary>ISO 8601, also as it stands in file names, days, and the stamp in front of a user's text.</summary>
    [GeneratedRegex(@"\d{4}-\d{2}-\d{2}T\d{2}[:-]\d{2}[:-]\d{2}([.-]\d{3})?Z|[A-Z][a-z]{2} \d{4}-\d{2}-\d{2} \d{2}:\d{2} UTC|\d{4}-\d{2}-\d{2}")]
    private static partial Regex TimePattern();
}
