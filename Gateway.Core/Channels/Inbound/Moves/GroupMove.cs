using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Configuration.Options;
using OpenClaw.Gateway.Core.Configuration.Writing;
using OpenClaw.Gateway.Core.Sessions.Keys;
using OpenClaw.Gateway.Core.Sessions.Store;

namespace OpenClaw.Gateway.Core.Channels.Inbound.Moves;

/// <summary>
/// Follows a group that goes on under another id: its sessions, and what the configuration says of it (not with <c>configWrites: false</c>). Doing it again
/// changes nothing, so that it is done for good whatever dies in the midst of it.
/// </summary>
internal sealed partial class GroupMove(SessionStores stores, ConfigStore configuration, ILogger<GroupMove> logger)
{
    /// <summary>False when it could not be done now.</summary>
    /// <exception cref="IOException">The sessions could not be written.</exception>
    public async Task<bool> FollowAsync(InboundMessage message, CancellationToken cancellationToken)
    {
        if (message.MovedTo is not { Length: > 0 } to || to == message.Chat.Id)
            return true;
        LogMoved(logger, message.Channel, message.AccountId, message.Chat.Id, to);
        await MoveSessionsAsync(message, to, cancellationToken).ConfigureAwait(false);
        return await MoveSettingsAsync(message, to, cancellationToken).ConfigureAwait(false);
    }

    private async Task MoveSessionsAsync(InboundMessage message, string to, CancellationToken cancellationToken)
    {
        foreach (var (key, _) in await stores.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            if (!key.TryGetGroup(out var channel, out var id) || channel != message.Channel || !IsOf(id, message.Chat.Id))
                continue;
            var kind = key.Rest.Split(':', 3)[1];
            var rest = $"{channel}:{kind}:{to}{id[message.Chat.Id.Length..]}";
            var moved = new SessionKey($"agent:{key.AgentId}:{rest}", key.AgentId, rest);
            await stores.UpdateAsync(key.AgentId, table => Move(table, key, moved, message.Chat.Id, to), cancellationToken).ConfigureAwait(false);
        }
    }

    private static bool Move(SessionTableEditor table, SessionKey key, SessionKey moved, string from, string to)
    {
        // What was said under the new id already is not thrown away for what was said before.
        if (table.Find(key) is not { } entry || table.Find(moved) is not null)
            return false;
        var editor = entry.Edit();
        if (entry.GroupId is { } group)
            editor.Set(SessionFields.GroupId, to + (group.StartsWith(from, StringComparison.Ordinal) ? group[from.Length..] : ""));
        var renamed = editor.Build();
        table.Set(moved, DeliveryRoute.Of(entry) is { } route && route.To == from ? DeliveryRoute.Apply(renamed, route with { To = to }) : renamed);
        return table.Remove(key);
    }

    private async Task<bool> MoveSettingsAsync(InboundMessage message, string to, CancellationToken cancellationToken)
    {
        var snapshot = configuration.Current;
        var edits = EditsFor(snapshot.Root, message, to);
        if (edits.IsEmpty)
            return true;
        if (ChannelSection.Of(snapshot, message.Channel, message.AccountId).Bool("configWrites") is false)
        {
            LogNotWritten(logger, message.Channel, message.Chat.Id, to, "configWrites is off");
            return true;
        }
        var result = await configuration.WriteAsync(new ConfigWriteRequest(edits), cancellationToken).ConfigureAwait(false);
        if (result.Status is ConfigWriteStatus.Conflict or ConfigWriteStatus.Failed)
            return false;
        if (!result.Succeeded)
            LogNotWritten(logger, message.Channel, message.Chat.Id, to, result.Error ?? result.Status.ToString());
        return true;
    }

    private static ImmutableArray<ConfigEdit> EditsFor(ConfigSection root, InboundMessage message, string to)
    {
        var edits = ImmutableArray.CreateBuilder<ConfigEdit>();
        string[][] places = [["channels", message.Channel, "groups"], ["channels", message.Channel, "accounts", ChannelSection.NameOf(root, message.Channel, message.AccountId), "groups"]];
        foreach (var place in places)
        {
            var groups = place.Aggregate(root, static (section, name) => section.Section(name));
            if (groups.Value(message.Chat.Id) is not { } group || groups.Value(to) is not null)
                continue;
            edits.Add(new ConfigEdit.Set(ConfigPath.Of([.. place, to]), group.DeepClone()));
            edits.Add(new ConfigEdit.Unset(ConfigPath.Of([.. place, message.Chat.Id])));
        }
        if (root.Value("bindings") is JsonArray bindings && Renamed(bindings, message, to) is { } renamed)
            edits.Add(new ConfigEdit.Set(ConfigPath.Of("bindings"), renamed));
        return edits.ToImmutable();
    }

    /// <summary>The agents that the group was bound to go on to answer there; null when it was bound to none.</summary>
    private static JsonArray? Renamed(JsonArray bindings, InboundMessage message, string to)
    {
        var copy = (JsonArray)bindings.DeepClone();
        var isChanged = false;
        foreach (var match in copy.OfType<JsonObject>().Select(static binding => binding["match"]).OfType<JsonObject>())
        {
            if (match["channel"]?.ToString() != message.Channel || match["peer"] is not JsonObject peer || peer["id"]?.ToString() is not { } id || !IsOf(id, message.Chat.Id))
                continue;
            peer["id"] = to + id[message.Chat.Id.Length..];
            isChanged = true;
        }
        return isChanged ? copy : null;
    }

    private static bool IsOf(string id, string group) => id == group || id.StartsWith(group + ":topic:", StringComparison.Ordinal);

    [LoggerMessage(8206, LogLevel.Warning, "{Channel}/{Account}: group {From} goes on as {To}; its sessions and settings follow.")]
    private static partial void LogMoved(ILogger logger, string channel, string account, string from, string to);

    [LoggerMessage(8207, LogLevel.Error, "{Channel}: what the configuration says of group {From} has to be said of {To}, and could not be changed: {Reason}")]
    private static partial void LogNotWritten(ILogger logger, string channel, string from, string to, string reason);
}
