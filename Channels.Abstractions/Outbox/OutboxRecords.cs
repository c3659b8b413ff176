using System.Text.Json;
using OpenClaw.Gateway.Bus;
using OpenClaw.Gateway.Bus.Maps;

namespace OpenClaw.Channels.Abstractions.Outbox;

/// <summary>The notes about messages to send, on the bus. They are for people to look at: the queue is what counts.</summary>
public static class OutboxRecords
{
    /// <summary>How long it is known what became of a message: a day longer than it is tried, so that who looks the day after still sees it.</summary>
    public static readonly TimeSpan Remembered = OutboxWriter.ReplyTimeToLive + TimeSpan.FromHours(24);

    /// <summary>A note with its version; null when there is none, or none that this version can read.</summary>
    /// <param name="bus">The bus.</param>
    /// <param name="id">Id of the message.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="BusUnavailableException">The bus cannot be reached.</exception>
    public static async ValueTask<(OutboxRecord Record, long Version)?> FindAsync(IBus bus, string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(bus);
        return await bus.Maps.GetAsync(ChannelNames.OutboxMap, id, cancellationToken).ConfigureAwait(false) is { } entry && Read(entry) is { } record ? (record, entry.Version) : null;
    }

    /// <summary>All notes.</summary>
    /// <param name="bus">The bus.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="BusUnavailableException">The bus cannot be reached.</exception>
    public static async ValueTask<IReadOnlyList<OutboxRecord>> ListAsync(IBus bus, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(bus);
        return [.. (await bus.Maps.ListAsync(ChannelNames.OutboxMap, cancellationToken).ConfigureAwait(false)).Select(Read).OfType<OutboxRecord>()];
    }

    /// <summary>Writes a note if it is still as the caller knows it, or whatever is there when it names no version. The new version; null when it was not written.</summary>
    /// <param name="bus">The bus.</param>
    /// <param name="record">The note.</param>
    /// <param name="expectedVersion">The version that was read; <see cref="MapEntry.NoVersion"/> when there must be none; null for any.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public static async ValueTask<long?> WriteAsync(IBus bus, OutboxRecord record, long? expectedVersion, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(bus);
        ArgumentNullException.ThrowIfNull(record);
        try
        {
            var value = JsonSerializer.SerializeToUtf8Bytes(record, ChannelJsonContext.Default.OutboxRecord);
            var write = expectedVersion is { } expected
                ? await bus.Maps.CompareAndSetAsync(ChannelNames.OutboxMap, record.Id, expected, value, Remembered, cancellationToken).ConfigureAwait(false)
                : await bus.Maps.SetAsync(ChannelNames.OutboxMap, record.Id, value, Remembered, cancellationToken).ConfigureAwait(false);
            return write.IsWritten ? write.Version : null;
        }
        catch (BusUnavailableException)
        {
            return null;
        }
    }

    /// <summary>Forgets a note that is still as the caller knows it.</summary>
    internal static async ValueTask ForgetAsync(IBus bus, string id, long version)
    {
        try
        {
            await bus.Maps.RemoveAsync(ChannelNames.OutboxMap, id, version).ConfigureAwait(false);
        }
        catch (BusUnavailableException)
        {
            // Forgotten in time.
        }
    }

    /// <summary>Reads a note; null when it is none.</summary>
    /// <param name="entry">The entry of the map.</param>
    public static OutboxRecord? Read(MapEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        try
        {
            return JsonSerializer.Deserialize(entry.Value.Span, ChannelJsonContext.Default.OutboxRecord);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
