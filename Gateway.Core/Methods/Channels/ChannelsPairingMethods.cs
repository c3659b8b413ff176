using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Gateway.Bus;
using OpenClaw.Gateway.Core.Agents.Roster;
using OpenClaw.Gateway.Core.Auditing;
using OpenClaw.Gateway.Core.Channels;
using OpenClaw.Gateway.Core.Channels.Inbound.Access;
using OpenClaw.Gateway.Core.Channels.Inbound.Pairing;
using OpenClaw.Gateway.Core.Channels.Sending;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Protocol.Errors;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Channels;

namespace OpenClaw.Gateway.Core.Methods.Channels;

/// <summary><c>channels.pairing.list</c>: the senders that wait to be let in, with their codes.</summary>
internal sealed class ChannelsPairingListMethod(PairingStore store, ChannelDirectory directory) : JsonMethod<ChannelsPairingListParams>(GatewayMethods.ChannelsPairingList)
{
    protected override async ValueTask<MethodResult<JsonObject>> RunAsync(ChannelsPairingListParams parameters, MethodContext context, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> channels = PairingCodes.Channels;
        if (!string.IsNullOrWhiteSpace(parameters.Channel))
        {
            if (PairingCodes.ChannelOf(parameters.Channel) is not { } named)
                return ErrorShape.InvalidRequest(PairingCodes.NoChannel);
            channels = [named];
        }
        try
        {
            var requests = new JsonArray();
            foreach (var channel in channels)
            {
                foreach (var request in await store.ListAsync(channel, cancellationToken).ConfigureAwait(false))
                    requests.Add((JsonNode)PairingCodes.ToJson(channel, request));
            }
            var accounts = (await directory.StatusesAsync(cancellationToken).ConfigureAwait(false)).Where(status => channels.Contains(status.Channel, StringComparer.Ordinal));
            return new JsonObject
            {
                ["accounts"] = new JsonArray([.. accounts.Select(static JsonNode (status) => new JsonObject { ["channel"] = status.Channel, ["accountId"] = status.AccountId })]),
                ["requests"] = requests,
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ErrorShape.Unavailable(e.Message);
        }
        catch (BusUnavailableException e)
        {
            return OutboxJson.Later(e);
        }
    }
}

/// <summary><c>channels.pairing.approve</c>: lets the sender of a code in, for good.</summary>
internal sealed class ChannelsPairingApproveMethod(PairingStore store, AccessCheck access, Audit audit, ChannelSender sender, ConfigStore configuration) : JsonMethod<ChannelsPairingApproveParams>(GatewayMethods.ChannelsPairingApprove)
{
    protected override async ValueTask<MethodResult<JsonObject>> RunAsync(ChannelsPairingApproveParams parameters, MethodContext context, CancellationToken cancellationToken)
    {
        if (PairingCodes.ChannelOf(parameters.Channel) is not { } channel)
            return ErrorShape.InvalidRequest(PairingCodes.NoChannel);
        ChannelPairingRequest? approved;
        try
        {
            approved = await store.ApproveAsync(channel, parameters.Code, cancellationToken).ConfigureAwait(false);
            if (approved is not null)
                access.Noted(channel, await store.ReadAllowedAsync(channel, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return ErrorShape.Unavailable(e.Message);
        }
        if (approved is null)
            return ErrorShape.InvalidRequest("No pending pairing request found for code: " + parameters.Code.Trim());
        audit.SenderApproved(context.Actor, channel, approved.Id);
        var answer = new JsonObject { ["ok"] = true, ["channel"] = channel, ["id"] = approved.Id };
        if (parameters.Notify is true)
        {
            // The approval holds whether or not the sender can be told.
            var error = await NotifyAsync(channel, approved, parameters.AccountId, cancellationToken).ConfigureAwait(false);
            answer["notified"] = error is null;
            if (error is not null)
                answer["notifyError"] = error.Message;
        }
        return answer;
    }

    private async Task<ErrorShape?> NotifyAsync(string channel, ChannelPairingRequest approved, string? accountId, CancellationToken cancellationToken)
    {
        var request = new SendRequest(channel, SendMethod.AccountOf(accountId), approved.Id, $"pairing:{channel}:{approved.Id}:{approved.Code}")
        {
            Text = PairingCodes.Welcome,
            AgentId = AgentRoster.Of(configuration.Current).Default.Id,
        };
        return (await sender.SendAsync(request, cancellationToken).ConfigureAwait(false)).Error;
    }
}

/// <summary>What both have in common.</summary>
internal static class PairingCodes
{
    public const string NoChannel = "invalid channels.pairing channel";

    /// <summary>Clients know this sentence.</summary>
    public const string Welcome = "✅ OpenClaw access approved. Send a message to start chatting.";

    private const int MaxChannelLength = 64;

    /// <summary>Those that give codes.</summary>
    public static IReadOnlyList<string> Channels { get; } = ["telegram", "whatsapp"];

    /// <summary>A channel's id, which is part of a file's name; null when it is none.</summary>
    public static string? ChannelOf(string text) =>
        text.Trim().ToLowerInvariant() is { Length: > 0 and <= MaxChannelLength } id && char.IsAsciiLetterLower(id[0]) && id.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? id : null;

    public static JsonObject ToJson(string channel, ChannelPairingRequest request)
    {
        var json = new JsonObject { ["channel"] = channel, ["id"] = request.Id, ["code"] = request.Code, ["createdAt"] = request.CreatedAt, ["lastSeenAt"] = request.LastSeenAt };
        if (request.Meta is { } meta)
            json["meta"] = meta.DeepClone();
        return json;
    }
}
