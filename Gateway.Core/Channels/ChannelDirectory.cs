using System.Text.Json;
using OpenClaw.Channels.Abstractions;
using OpenClaw.Channels.Abstractions.Status;
using OpenClaw.Gateway.Bus;

namespace OpenClaw.Gateway.Core.Channels;

/// <summary>The channels that some process has, and how their accounts are doing, as told over the bus.</summary>
internal sealed class ChannelDirectory(IBus bus)
{
    /// <summary>The channels, by id.</summary>
    /// <exception cref="BusUnavailableException">The bus cannot be reached.</exception>
    public async ValueTask<IReadOnlyList<ChannelDescription>> ListAsync(CancellationToken cancellationToken)
    {
        var entries = await bus.Maps.ListAsync(ChannelNames.DirectoryMap, cancellationToken).ConfigureAwait(false);
        return [.. entries.Select(entry => Read(entry.Value)).OfType<ChannelDescription>().OrderBy(channel => channel.Id, StringComparer.Ordinal)];
    }

    /// <summary>A channel; null when no process has it.</summary>
    /// <exception cref="BusUnavailableException">The bus cannot be reached.</exception>
    public async ValueTask<ChannelDescription?> FindAsync(string channel, CancellationToken cancellationToken) =>
        await bus.Maps.GetAsync(ChannelNames.DirectoryMap, channel, cancellationToken).ConfigureAwait(false) is { } entry ? Read(entry.Value) : null;

    /// <summary>The accounts of all channels.</summary>
    /// <exception cref="BusUnavailableException">The bus cannot be reached.</exception>
    public async ValueTask<IReadOnlyList<AccountStatus>> StatusesAsync(CancellationToken cancellationToken)
    {
        var entries = await bus.Maps.ListAsync(ChannelNames.StatusMap, cancellationToken).ConfigureAwait(false);
        return [.. entries.Select(entry => ReadStatus(entry.Value)).OfType<AccountStatus>().OrderBy(status => (status.Channel, status.AccountId))];
    }

    /// <summary>An account; null when no process speaks for it.</summary>
    /// <exception cref="BusUnavailableException">The bus cannot be reached.</exception>
    public async ValueTask<AccountStatus?> FindStatusAsync(string channel, string accountId, CancellationToken cancellationToken) =>
        await bus.Maps.GetAsync(ChannelNames.StatusMap, ChannelNames.AccountKey(channel, accountId), cancellationToken).ConfigureAwait(false) is { } entry ? ReadStatus(entry.Value) : null;

    private static ChannelDescription? Read(ReadOnlyMemory<byte> value)
    {
        try
        {
            return JsonSerializer.Deserialize(value.Span, ChannelJsonContext.Default.ChannelDescription);
        }
        catch (JsonException)
        {
            // Of another version: not a channel that this core can use.
            return null;
        }
    }

    private static AccountStatus? ReadStatus(ReadOnlyMemory<byte> value)
    {
        try
        {
            return JsonSerializer.Deserialize(value.Span, ChannelJsonContext.Default.AccountStatus);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
