using System.Globalization;
using System.Text.Json;

namespace OpenClaw.Gateway.Core.Tests.Replay;

/// <summary>Compares a frame with the recorded one: the same members, the same types, and the same values where a value is not of one run.</summary>
internal sealed class FrameComparer(RecordedValues values, Deviations deviations, long startedAtMs)
{
    /// <summary>Members of which only the type is compared: counters of the process, durations, and what depends on the machine.</summary>
    private static readonly HashSet<string> TypeOnly =
        ["seq", "payload.server.version", "payload.server.host"];

    private List<Difference> _differences = [];
    private int _line;
    private string _connection = "";
    private string _frame = "";

    public List<Difference> Compare(int line, string connection, string frame, JsonElement recorded, JsonElement actual)
    {
        _differences = [];
        (_line, _connection, _frame) = (line, connection, frame);
        Value(recorded, actual, "", "");
        return _differences;
    }

    private void Value(JsonElement recorded, JsonElement actual, string path, string name)
    {
        if (Type(recorded) != Type(actual))
        {
            Differ("type", path, recorded, actual);
            return;
        }
        switch (recorded.ValueKind)
        {
            case JsonValueKind.Object:
                Members(recorded, actual, path);
                break;
            case JsonValueKind.Array:
                Items(recorded, actual, path, name);
                break;
            case JsonValueKind.String when !IsTypeOnly(path, name) && !values.Fits(recorded.GetString()!, actual.GetString()!):
            case JsonValueKind.Number when !IsTypeOnly(path, name) && !SameNumber(recorded.GetDouble(), actual.GetDouble()):
            case JsonValueKind.True or JsonValueKind.False when recorded.ValueKind != actual.ValueKind:
                Differ("value", path, recorded, actual);
                break;
        }
    }

    private void Members(JsonElement recorded, JsonElement actual, string path)
    {
        var isGatewayRow = Text(recorded, "mode") == "gateway" && Text(recorded, "reason") == "self";
        foreach (var member in recorded.EnumerateObject())
        {
            if (!actual.TryGetProperty(member.Name, out var ours))
                Add("missing", Join(path, member.Name), member.Value.GetRawText(), "");
            else if (!isGatewayRow || Type(member.Value) != Type(ours))
                Value(member.Value, ours, Join(path, member.Name), member.Name);
        }
        foreach (var member in actual.EnumerateObject())
        {
            if (!recorded.TryGetProperty(member.Name, out _))
                Add("extra", Join(path, member.Name), "", member.Value.GetRawText());
        }
    }

    private void Items(JsonElement recorded, JsonElement actual, string path, string name)
    {
        var expected = recorded.EnumerateArray().ToList();
        var given = actual.EnumerateArray().ToList();
        if (path == "payload.features.methods")
            expected = [.. expected.Where(method => !deviations.UnservedMethods.Contains(method.GetString()!))];
        if (path == "payload.features.events")
            expected = [.. expected.Where(name => !deviations.UnservedEvents.Contains(name.GetString()!))];
        if (expected.Concat(given).Any(IsPresence))
            (expected, given) = (PresenceRows(expected.Where(IsOfThisRecording)), PresenceRows(given));
        // What is in the store is the recording machine's history; the rows are compared where both have some.
        if (expected.Count != given.Count && !(path.EndsWith(".sessions.recent", StringComparison.Ordinal) && IsHealth(path)))
            Add("value", path + ".length", string.Create(CultureInfo.InvariantCulture, $"{expected.Count}: {recorded}"), string.Create(CultureInfo.InvariantCulture, $"{given.Count}: {actual}"));
        for (var i = 0; i < Math.Min(expected.Count, given.Count); i++)
            Value(expected[i], given[i], path + "[]", name);
    }

    /// <summary>Not of a client that was gone before the recording began.</summary>
    private bool IsOfThisRecording(JsonElement row) => row.GetProperty("ts").GetInt64() >= startedAtMs || Text(row, "mode") == "gateway";

    /// <summary>In an order of their own: rows of the same millisecond have none.</summary>
    private static List<JsonElement> PresenceRows(IEnumerable<JsonElement> rows) =>
        [.. rows.OrderBy(row => Text(row, "text"), StringComparer.Ordinal).ThenBy(row => Text(row, "reason"), StringComparer.Ordinal)
            .ThenBy(row => row.TryGetProperty("scopes", out var scopes) ? scopes.GetRawText() : "", StringComparer.Ordinal)];

    private static bool IsPresence(JsonElement row) =>
        row.ValueKind is JsonValueKind.Object && Text(row, "text") is not null && row.TryGetProperty("ts", out _) && !row.TryGetProperty("type", out _);

    private bool IsHealth(string path) => _frame is "event health" or "res health" || path.StartsWith("payload.snapshot.health.", StringComparison.Ordinal);

    private bool IsTypeOnly(string path, string name) =>
        TypeOnly.Contains(path) || name is "durationMs" or "uptimeMs" or "age"
        || (name == "count" && IsHealth(path)) || path.Contains("stateVersion.", StringComparison.Ordinal) || path.Contains(".systemPromptReport.", StringComparison.Ordinal);

    /// <summary>Unix times are of the run.</summary>
    private static bool SameNumber(double recorded, double actual) => recorded.Equals(actual) || (recorded > 1.7e12 && actual > 1.7e12);

    private static string Type(JsonElement value) =>
        value.ValueKind is JsonValueKind.True or JsonValueKind.False ? "Boolean" : value.ValueKind.ToString();

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private void Differ(string what, string path, JsonElement recorded, JsonElement actual) => Add(what, path, recorded.GetRawText(), actual.GetRawText());

    private void Add(string what, string path, string recorded, string actual) => _differences.Add(new Difference(_line, _connection, _frame, $"{what} {path}", recorded, actual));
}
