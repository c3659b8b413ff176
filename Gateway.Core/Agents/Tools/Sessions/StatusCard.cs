using System.Globalization;
using OpenClaw.Gateway.Core.Agents.Models;
using OpenClaw.Gateway.Core.Agents.Prompt;
using OpenClaw.Gateway.Core.Agents.Runs;

namespace OpenClaw.Gateway.Core.Agents.Tools.Sessions;

/// <summary>What can be told about a session, a line for each subject. Clients know the signs and labels that lines begin with.</summary>
internal sealed record StatusCard
{
    public required string Version { get; init; }

    /// <summary>Source revision, when it is known.</summary>
    public string? Commit { get; init; }

    public required DateTimeOffset Now { get; init; }

    public required TimeZoneInfo Zone { get; init; }

    /// <summary><c>24</c>; anything else is a clock of twelve hours.</summary>
    public required string TimeFormat { get; init; }

    public required ModelRef Model { get; init; }

    /// <summary>Null when the model needs none.</summary>
    public string? Key { get; init; }

    /// <summary>Tokens of the last run; null before the first one.</summary>
    public long? InputTokens { get; init; }

    public long? OutputTokens { get; init; }

    /// <summary>Tokens that the conversation takes of <see cref="ContextWindow"/>.</summary>
    public required long ContextTokens { get; init; }

    public required long ContextWindow { get; init; }

    public required long Compactions { get; init; }

    public required string SessionKey { get; init; }

    /// <summary>Unix milliseconds.</summary>
    public long? UpdatedAt { get; init; }

    public required ThinkingLevel Thinking { get; init; }

    public VerboseLevel Verbose { get; init; }

    /// <summary>Null when reasoning is not shown.</summary>
    public string? Reasoning { get; init; }

    /// <summary>What wakes the agent in a group; null elsewhere.</summary>
    public string? Activation { get; init; }

    public required QueueSettings Queue { get; init; }

    public required int QueueDepth { get; init; }

    /// <summary>The session has queue settings of its own.</summary>
    public bool ShowQueueDetails { get; init; }

    public override string ToString() => string.Join('\n', Lines().OfType<string>());

    private IEnumerable<string?> Lines()
    {
        yield return $"🦞 OpenClaw {Version}{(Commit is null ? "" : $" ({Commit})")}";
        yield return $"🕒 Time: {WrittenTime.Of(TimeZoneInfo.ConvertTime(Now, Zone), TimeFormat)} ({Zone.Id})";
        yield return $"🧠 Model: {Model}{(Key is null ? "" : $" · 🔑 {Key}")}";
        yield return InputTokens is null && OutputTokens is null ? null : $"🧮 Tokens: {Count(InputTokens)} in / {Count(OutputTokens)} out";
        yield return $"📚 Context: {Count(ContextTokens)}/{Count(ContextWindow)} ({Percent()}%) · 🧹 Compactions: {Text(Compactions)}";
        yield return $"🧵 Session: {SessionKey} • {(UpdatedAt is { } at ? $"updated {Age(Now.ToUnixTimeMilliseconds() - at)}" : "no activity")}";
        yield return "⚙️ " + string.Join(" · ", Options().OfType<string>());
        yield return $"{(Activation is null ? "" : $"👥 Activation: {Activation} · ")}🪢 Queue: {QueueSettings.NameOf(Queue.Mode)} ({string.Join(" · ", QueueDetails())})";
    }

    private IEnumerable<string?> Options()
    {
        yield return "Runtime: direct";
        yield return $"Think: {Thinking.ToWire()}";
        yield return Verbose switch { VerboseLevel.Full => "verbose:full", VerboseLevel.On => "verbose", _ => null };
        yield return Reasoning is null ? null : $"Reasoning: {Reasoning}";
    }

    private IEnumerable<string> QueueDetails()
    {
        yield return $"depth {Text(QueueDepth)}";
        if (!ShowQueueDetails)
            yield break;
        yield return Queue.Debounce < TimeSpan.FromSeconds(1)
            ? string.Create(CultureInfo.InvariantCulture, $"debounce {Queue.Debounce.TotalMilliseconds:0}ms")
            : string.Create(CultureInfo.InvariantCulture, $"debounce {Queue.Debounce.TotalSeconds:0.#}s");
        yield return $"cap {Text(Queue.Cap)}";
        yield return $"drop {QueueSettings.NameOf(Queue.Drop)}";
    }

    private string Percent() =>
        Text(ContextWindow <= 0 ? 0 : Math.Min(999, (long)Math.Round(100.0 * ContextTokens / ContextWindow, MidpointRounding.AwayFromZero)));

    private static string Count(long? tokens) => tokens switch
    {
        null => "?",
        >= 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{tokens / 1e6:0.0}m"),
        >= 10_000 => string.Create(CultureInfo.InvariantCulture, $"{tokens / 1e3:0}k"),
        >= 1_000 => string.Create(CultureInfo.InvariantCulture, $"{tokens / 1e3:0.0}k"),
        _ => Text(Math.Max(0, tokens.Value)),
    };

    private static string Age(long milliseconds) => Math.Round(milliseconds / 60_000.0, MidpointRounding.AwayFromZero) switch
    {
        < 1 => "just now",
        < 60 and var minutes => string.Create(CultureInfo.InvariantCulture, $"{minutes}m ago"),
        < 48 * 60 and var minutes => string.Create(CultureInfo.InvariantCulture, $"{minutes / 60:0}h ago"),
        var minutes => string.Create(CultureInfo.InvariantCulture, $"{minutes / (24 * 60):0}d ago"),
    };

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
