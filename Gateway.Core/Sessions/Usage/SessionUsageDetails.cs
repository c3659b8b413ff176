using System.Text.Json;
using OpenClaw.Gateway.Core.Sessions.Transcripts;

namespace OpenClaw.Gateway.Core.Sessions.Usage;

/// <summary>Result of <c>sessions.usage.timeseries</c>.</summary>
internal sealed record UsageTimeSeries(string? SessionId, IReadOnlyList<UsagePoint> Points);

/// <summary>One model call, and the sums up to it.</summary>
internal sealed record UsagePoint(
    long Timestamp, long Input, long Output, long CacheRead, long CacheWrite, long TotalTokens, double Cost, long CumulativeTokens, double CumulativeCost);

/// <summary>Result of <c>sessions.usage.logs</c>.</summary>
internal sealed record UsageLogs(IReadOnlyList<UsageLogLine> Logs);

/// <summary>One message as text.</summary>
internal sealed record UsageLogLine(long Timestamp, string Role, string Content, long? Tokens, double? Cost);

/// <summary><c>sessions.usage.timeseries</c> and <c>sessions.usage.logs</c>: one session, call by call.</summary>
internal sealed class SessionUsageDetails(ISessionSettings settings, Store.SessionStores stores, ISessionModels models)
{
    private const int MaxPoints = 200;
    private const int DefaultLogLines = 200;
    private const int MaxLogLines = 1000;
    private const int MaxLogChars = 2000;

    public async Task<SessionOutcome<UsageTimeSeries>> TimeSeriesAsync(string? key, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(key))
            return SessionError.Invalid("key is required for timeseries");
        if (await new UsageTranscripts(settings.Current, stores).FindAsync(key, cancellationToken).ConfigureAwait(false) is not { } transcript)
            return SessionError.Invalid($"No transcript found for session: {key.Trim()}");

        var calls = new List<UsageEntry>();
        await foreach (var line in TranscriptLines.ReadAsync(transcript.Path, cancellationToken).ConfigureAwait(false))
        {
            if (UsageEntry.Read(line, models) is { Usage: not null, Time: not null } entry)
                calls.Add(entry);
        }
        return new UsageTimeSeries(transcript.SessionId, Thin(Points(calls)));
    }

    public async Task<SessionOutcome<UsageLogs>> LogsAsync(string? key, long? limit, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(key))
            return SessionError.Invalid("key is required for logs");
        var lines = new List<UsageLogLine>();
        if (await new UsageTranscripts(settings.Current, stores).FindAsync(key, cancellationToken).ConfigureAwait(false) is { } transcript)
        {
            await foreach (var line in TranscriptLines.ReadAsync(transcript.Path, cancellationToken).ConfigureAwait(false))
            {
                if (Log(line) is { } log)
                    lines.Add(log);
            }
        }
        return new UsageLogs([.. lines.OrderBy(static l => l.Timestamp).TakeLast((int)Math.Clamp(limit ?? DefaultLogLines, 1, MaxLogLines))]);
    }

    private static List<UsagePoint> Points(IEnumerable<UsageEntry> calls)
    {
        var points = new List<UsagePoint>();
        var (tokens, cost) = (0L, 0.0);
        foreach (var call in calls)
        {
            var usage = call.Usage!;
            var spent = call.Cost?.Total ?? 0;
            tokens += usage.Total;
            cost += spent;
            points.Add(new UsagePoint(call.Time!.Value.ToUnixTimeMilliseconds(), usage.Input, usage.Output, usage.CacheRead, usage.CacheWrite, usage.Total, spent, tokens, cost));
        }
        return [.. points.OrderBy(static p => p.Timestamp)];
    }

    /// <summary>Every n-th point, and always the last, which carries the sums.</summary>
    private static List<UsagePoint> Thin(List<UsagePoint> points)
    {
        if (points.Count <= MaxPoints)
            return points;
        var step = (int)Math.Ceiling(points.Count / (MaxPoints - 1.0));
        var thinned = points.Where((_, i) => i % step == 0).ToList();
        if (!ReferenceEquals(thinned[^1], points[^1]))
            thinned.Add(points[^1]);
        return thinned;
    }

    private UsageLogLine? Log(JsonElement line)
    {
        var message = MessageReader.Member(line, "message");
        if (MessageReader.Text(message, "role") is not ("user" or "assistant" or "tool" or "toolResult") || LogText.Of(message) is not { Length: > 0 } text)
            return null;
        if (text.Length > MaxLogChars)
            text = text[..(char.IsHighSurrogate(text[MaxLogChars - 1]) ? MaxLogChars - 1 : MaxLogChars)] + "…";
        var entry = UsageEntry.Read(line, models);
        var isAnswer = entry is { IsUser: false, Usage: not null };
        return new UsageLogLine(
            UsageEntry.TimeOf(line, message)?.ToUnixTimeMilliseconds() ?? 0,
            MessageReader.Text(message, "role")!,
            text,
            isAnswer ? entry!.Usage!.Total : null,
            isAnswer ? entry!.Cost?.Total : null);
    }
}
