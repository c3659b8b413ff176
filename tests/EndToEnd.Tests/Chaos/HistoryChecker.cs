using System.Text.Json.Nodes;

namespace OpenClaw.EndToEnd.Tests.Chaos;

/// <summary>Holds what clients were told against what the sessions' files say, when all is over.</summary>
internal static class HistoryChecker
{
    /// <summary>What is wrong; empty when nothing is.</summary>
    /// <param name="events">The log.</param>
    /// <param name="stateDirectory">Where the sessions are.</param>
    /// <param name="attempts">For each model request the messages that its last user line held.</param>
    public static IReadOnlyList<string> Check(IReadOnlyList<ChaosEvent> events, string stateDirectory, IReadOnlyList<string> attempts)
    {
        var faults = new List<string>();
        var acked = events.Where(static e => e.Kind == "ack").Select(static e => e.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var session in events.Where(static e => e.Kind == "accept").GroupBy(static e => e.Detail))
        {
            var lines = ReadSession(stateDirectory, session.Key);
            var accepted = session.Select(static e => e.Id).Distinct().ToList();
            foreach (var id in accepted)
            {
                var asked = Positions(lines, "user", id);
                var answered = Positions(lines, "assistant", id);
                if (asked.Count != 1)
                    faults.Add($"{id} was accepted and stands {asked.Count} times in its session");
                if (answered.Count != 1)
                    faults.Add($"{id} was accepted and answered {answered.Count} times");
                if (asked.Count == 1 && answered.Count == 1 && answered[0] < asked[0])
                    faults.Add($"{id} was answered before it was asked");
                if (!acked.Contains(id))
                    faults.Add($"{id} was accepted and its sender never learned of the answer");
                if (!attempts.Any(text => text.Contains($"<{id}>", StringComparison.Ordinal)))
                    faults.Add($"{id} was answered without the model");
            }
            faults.AddRange(session.GroupBy(static e => e.Id[..e.Id.IndexOf('.', StringComparison.Ordinal)]).Where(client => !IsInOrder(lines, client.Select(static e => e.Id).Distinct())).Select(client => $"{client.Key}'s messages stand in another order than it sent them"));
        }
        faults.AddRange(ModelAttempts(events, attempts).Where(message => message.Value > Allowed(events, message.Key)).Select(static message => $"{message.Key} was put to the model {message.Value} times"));
        faults.AddRange(events.Where(static e => e.Kind == "http-answer" && !e.Detail.Contains($"<{e.Id}>", StringComparison.Ordinal)).Select(static e => $"{e.Id} was answered with something else: {e.Detail}"));
        faults.AddRange(events.Where(static e => e.Kind == "http-refuse" && !e.Detail.StartsWith("503 retry ", StringComparison.Ordinal)).Select(static e => $"{e.Id} was refused, but not as what may be tried again: {e.Detail}"));
        return faults;
    }

    /// <summary>How often each accepted message was put to the model.</summary>
    public static IReadOnlyDictionary<string, int> ModelAttempts(IReadOnlyList<ChaosEvent> events, IReadOnlyList<string> attempts) =>
        events.Where(static e => e.Kind == "accept").Select(static e => e.Id).Distinct().ToDictionary(static id => id, id => attempts.Count(text => text.Contains($"<{id}>", StringComparison.Ordinal)));

    /// <summary>One, one more for everything that died while the message was on its way, and one for a lease that a starved machine lost by itself.</summary>
    private static int Allowed(IReadOnlyList<ChaosEvent> events, string id)
    {
        var begin = events.First(e => e.Kind == "attempt" && e.Id == id).At;
        var end = events.LastOrDefault(e => e.Kind == "ack" && e.Id == id)?.At ?? TimeSpan.MaxValue;
        return 2 + events.Count(kill => kill.Kind == "kill" && kill.At <= end
            && (events.FirstOrDefault(e => e.Kind == "launch" && e.Id == kill.Id && e.At >= kill.At)?.At ?? TimeSpan.MaxValue) >= begin);
    }

    private static bool IsInOrder(List<(string Role, string Text)> lines, IEnumerable<string> ids)
    {
        var places = ids.SelectMany(id => Positions(lines, "user", id)).ToList();
        return places.SequenceEqual(places.Order());
    }

    private static List<int> Positions(List<(string Role, string Text)> lines, string role, string id) =>
        [.. Enumerable.Range(0, lines.Count).Where(i => lines[i].Role == role && lines[i].Text.Contains($"<{id}>", StringComparison.Ordinal))];

    private static List<(string Role, string Text)> ReadSession(string stateDirectory, string session)
    {
        var directory = Path.Combine(stateDirectory, "agents", "main", "sessions");
        var store = JsonNode.Parse(File.ReadAllText(Path.Combine(directory, "sessions.json")))!;
        var texts = new List<(string, string)>();
        foreach (var line in File.ReadLines(Path.Combine(directory, $"{store[$"agent:main:{session}"]!["sessionId"]}.jsonl")))
        {
            var entry = JsonNode.Parse(line)!;
            if ((string?)entry["type"] != "message")
                continue;
            var content = entry["message"]!["content"]!;
            texts.Add(((string)entry["message"]!["role"]!, content is JsonArray blocks ? string.Concat(blocks.Select(static block => (string?)block!["text"])) : (string)content!));
        }
        return texts;
    }
}
