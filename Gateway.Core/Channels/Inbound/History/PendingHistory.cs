using System.Text.Json;
using System.Text.Json.Serialization;
using OpenClaw.Gateway.Bus;

namespace OpenClaw.Gateway.Core.Channels.Inbound.History;

/// <summary>Something that was said in a group, and not to the agent.</summary>
/// <param name="Sender">Who, as shown.</param>
/// <param name="Body">What.</param>
/// <param name="AtMs">When, Unix milliseconds.</param>
/// <param name="MessageId">The provider's id.</param>
internal sealed record HistoryEntry(string Sender, string Body, long AtMs, string MessageId);

/// <summary>
/// What was said in groups since the agent answered there. All cores share it, as the messages of a group go now to the one and now to the other;
/// it is not kept over a restart.
/// </summary>
internal sealed class PendingHistory(IBus bus)
{
    private const string Map = "channels.history";

    /// <summary>Longest text that is kept of one message: it is context, and not the question.</summary>
    private const int MaxBodyLength = 2000;

    /// <summary>Below what a map takes (1 MiB by default).</summary>
    private const int MaxBytes = 512 * 1024;

    /// <summary>A group in which nothing was said for so long is forgotten.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(2);

    /// <summary>What is remembered of a group, oldest first.</summary>
    /// <exception cref="BusUnavailableException">The bus cannot be reached.</exception>
    public async ValueTask<IReadOnlyList<HistoryEntry>> ReadAsync(string group, CancellationToken cancellationToken) =>
        await bus.Maps.GetAsync(Map, group, cancellationToken).ConfigureAwait(false) is { } entry ? Parse(entry.Value) : [];

    /// <summary>Adds a message; one that is there already is not added again. The messages of a group come one after the other.</summary>
    /// <exception cref="BusUnavailableException">The bus cannot be reached.</exception>
    public async ValueTask AddAsync(string group, HistoryEntry entry, int limit, CancellationToken cancellationToken)
    {
        if (limit <= 0)
            return;
        if (entry.Body.Length > MaxBodyLength)
            entry = entry with { Body = entry.Body[..(char.IsHighSurrogate(entry.Body[MaxBodyLength - 1]) ? MaxBodyLength - 1 : MaxBodyLength)] + "…" };
        var entries = (await ReadAsync(group, cancellationToken).ConfigureAwait(false)).Where(known => known.MessageId != entry.MessageId).Append(entry).TakeLast(limit).ToList();
        var bytes = Bytes(entries);
        while (bytes.Length > MaxBytes && entries.Count > 1)
        {
            entries.RemoveRange(0, (entries.Count / 4) + 1);
            bytes = Bytes(entries);
        }
        await bus.Maps.SetAsync(Map, group, bytes, Lifetime, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The agent was told.</summary>
    /// <exception cref="BusUnavailableException">The bus cannot be reached.</exception>
    public async ValueTask ClearAsync(string group, CancellationToken cancellationToken) => await bus.Maps.RemoveAsync(Map, group, cancellationToken: cancellationToken).ConfigureAwait(false);

    private static byte[] Bytes(List<HistoryEntry> entries) => JsonSerializer.SerializeToUtf8Bytes(entries, HistoryJsonContext.Default.ListHistoryEntry);

    private static List<HistoryEntry> Parse(ReadOnlyMemory<byte> value)
    {
        try
        {
            return JsonSerializer.Deserialize(value.Span, HistoryJsonContext.Default.ListHistoryEntry) ?? [];
        }
        catch (JsonException)
        {
            // Of another version.
            return [];
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(List<HistoryEntry>))]
internal sealed partial class HistoryJsonContext : JsonSerializerContext;
