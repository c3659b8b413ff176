using System.Globalization;

namespace OpenClaw.EndToEnd.Tests.Chaos;

/// <summary>How long clients felt the death of each service, from the log.</summary>
internal static class ChaosFigures
{
    /// <summary>One line for each service: how often it was killed, and in seconds, as median and maximum, what clients felt.</summary>
    public static IEnumerable<string> Of(IReadOnlyList<ChaosEvent> events)
    {
        yield return "killed      | times | accepting again, median / max | all accepted before are answered, median / max | clients dropped";
        foreach (var kills in events.Where(static e => e.Kind == "kill").GroupBy(static e => e.Id))
        {
            var accepting = kills.Select(kill => Next(events, kill)).ToList();
            var answered = kills.Select(kill => Oldest(events, kill)).ToList();
            var dropped = kills.Sum(kill => events.Count(e => e.Kind == "drop" && e.At >= kill.At && e.At < kill.At + TimeSpan.FromSeconds(2)));
            yield return string.Create(CultureInfo.InvariantCulture, $"{kills.Key,-11} | {kills.Count(),5} | {Median(accepting),13:0.0} / {accepting.Max(),13:0.0} | {Median(answered),21:0.0} / {answered.Max(),22:0.0} | {dropped,6}");
        }
    }

    /// <summary>Until the first message is accepted that was sent after the kill.</summary>
    private static double Next(IReadOnlyList<ChaosEvent> events, ChaosEvent kill)
    {
        var sent = events.Where(e => e.Kind == "attempt" && e.At > kill.At).Select(static e => e.Id).ToHashSet(StringComparer.Ordinal);
        return events.Where(e => e.Kind == "accept" && e.At > kill.At && sent.Contains(e.Id)).Select(e => (e.At - kill.At).TotalSeconds).FirstOrDefault();
    }

    /// <summary>Until everything is answered that had been accepted before the kill and was not answered then.</summary>
    private static double Oldest(IReadOnlyList<ChaosEvent> events, ChaosEvent kill)
    {
        var accepted = events.Where(e => e.Kind == "accept" && e.At < kill.At).Select(static e => e.Id).ToHashSet(StringComparer.Ordinal);
        return events.Where(e => e.Kind == "ack" && e.At > kill.At && accepted.Contains(e.Id)).Select(e => (e.At - kill.At).TotalSeconds).DefaultIfEmpty().Max();
    }

    private static double Median(List<double> figures) => figures.Order().ElementAt(figures.Count / 2);
}
