using System.Globalization;
using System.Text.Json;
using OpenClaw.Gateway.Core.Sessions.Transcripts;

namespace OpenClaw.Gateway.Core.Sessions.Usage;

/// <summary>A message of user or assistant, as far as counting goes.</summary>
internal sealed record UsageEntry
{
    public required bool IsUser { get; init; }

    public DateTimeOffset? Time { get; init; }

    public long? DurationMs { get; init; }

    public UsageNumbers? Usage { get; init; }

    public UsageCost? Cost { get; init; }

    public string? Provider { get; init; }

    public string? Model { get; init; }

    /// <summary>The answer ended in an error, an abort or a time-out.</summary>
    public bool IsFailed { get; init; }

    public IReadOnlyCollection<string> Tools { get; init; } = [];

    public (int Total, int Errors) ToolResults { get; init; }

    /// <summary>Null for lines that are no message of user or assistant.</summary>
    public static UsageEntry? Read(JsonElement line, ISessionModels models)
    {
        var message = MessageReader.Member(line, "message");
        var role = MessageReader.Text(message, "role");
        if (role is not ("user" or "assistant"))
            return null;
        var stored = MessageReader.Member(message, "usage") is { ValueKind: JsonValueKind.Object } own ? own : MessageReader.Member(line, "usage");
        var provider = MessageReader.Text(message, "provider") ?? MessageReader.Text(line, "provider");
        var model = MessageReader.Text(message, "model") ?? MessageReader.Text(line, "model");
        var usage = UsageNumbers.Read(stored);
        return new UsageEntry
        {
            IsUser = role == "user",
            Time = TimeOf(line, message),
            DurationMs = Number(message, "durationMs") ?? Number(line, "durationMs"),
            Usage = usage,
            Cost = usage is null ? null : UsageCost.Read(stored) ?? Estimate(usage, provider, model, models),
            Provider = provider,
            Model = model,
            IsFailed = MessageReader.Text(message, "stopReason") is "error" or "aborted" or "timeout",
            Tools = MessageTools.NamesIn(message),
            ToolResults = MessageTools.ResultsIn(message),
        };
    }

    private static UsageCost? Estimate(UsageNumbers usage, string? provider, string? model, ISessionModels models)
    {
        if (string.IsNullOrWhiteSpace(provider) || string.IsNullOrWhiteSpace(model) || models.PriceOf(provider.Trim(), model.Trim()) is not { } price)
            return null;
        var total = ((usage.Input * price.Input) + (usage.Output * price.Output) + (usage.CacheRead * price.CacheRead) + (usage.CacheWrite * price.CacheWrite)) / 1e6;
        return new UsageCost(total, 0, 0, 0, 0);
    }

    internal static DateTimeOffset? TimeOf(JsonElement line, JsonElement message)
    {
        if (DateTimeOffset.TryParse(MessageReader.Text(line, "timestamp"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            return time;
        return Number(message, "timestamp") is > 0 and < 253_402_300_800_000 and var milliseconds ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;
    }

    private static long? Number(JsonElement element, string name) =>
        MessageReader.Member(element, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetDouble(out var number) && Math.Abs(number) < 1e15 ? (long)number : null;
}
