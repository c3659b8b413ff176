using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Agents.Roster;
using OpenClaw.Gateway.Core.Channels.Sending;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Core.Ingress;
using OpenClaw.Gateway.Core.Sessions.Store;
using OpenClaw.Gateway.Protocol.Errors;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Channels;
using OpenClaw.Gateway.Protocol.Methods.Chat;

namespace OpenClaw.Gateway.Core.Methods.Channels;

/// <summary><c>send</c>: a message to somebody on a channel. The answer comes when the provider has it.</summary>
internal sealed class SendMethod(ChannelSender sender, SessionStores stores, TranscriptNotes notes, ConfigStore configuration) : JsonMethod<SendParams>(GatewayMethods.Send)
{
    /// <summary>Clients that name no channel mean this one.</summary>
    internal const string DefaultChannel = "whatsapp";

    protected override async ValueTask<MethodResult<JsonObject>> RunAsync(SendParams parameters, MethodContext context, CancellationToken cancellationToken)
    {
        var channel = ChannelOf(parameters.Channel);
        var (delivered, error) = await sender.SendAsync(
            new SendRequest(channel, AccountOf(parameters.AccountId), parameters.To.Trim(), "send:" + parameters.IdempotencyKey)
            {
                Text = parameters.Message,
                MediaUrls = parameters.MediaUrls ?? (parameters.MediaUrl is { Length: > 0 } url ? [url] : []),
                PlaysAsGif = parameters.GifPlayback is true,
                AgentId = AgentRoster.Of(configuration.Current).Default.Id,
            },
            cancellationToken).ConfigureAwait(false);
        if (error is not null)
            return error;
        await KeepAsync(parameters, cancellationToken).ConfigureAwait(false);
        return new JsonObject
        {
            ["runId"] = parameters.IdempotencyKey,
            ["messageId"] = delivered!.MessageId,
            ["channel"] = channel,
            ["chatId"] = parameters.To.Trim(),
        };
    }

    internal static string ChannelOf(string? channel) => string.IsNullOrWhiteSpace(channel) ? DefaultChannel : channel.Trim().ToLowerInvariant();

    internal static string? AccountOf(string? accountId) => string.IsNullOrWhiteSpace(accountId) ? null : accountId.Trim();

    /// <summary>The session that it belongs to is told, so that the agent knows what was said in its name. It is sent whether that works or not.</summary>
    private async Task KeepAsync(SendParams parameters, CancellationToken cancellationToken)
    {
        if (stores.Rules.Canonicalize(parameters.SessionKey ?? "") is not { } key || await stores.FindAsync(key, cancellationToken).ConfigureAwait(false) is null)
            return;
        await notes.InjectAsync(new ChatInjectParams { SessionKey = key.Value, Message = parameters.Message }, cancellationToken).ConfigureAwait(false);
    }
}

/// <summary><c>poll</c>: a question with answers to choose from.</summary>
internal sealed class PollMethod(ChannelSender sender, ConfigStore configuration) : JsonMethod<PollParams>(GatewayMethods.Poll)
{
    protected override async ValueTask<MethodResult<JsonObject>> RunAsync(PollParams parameters, MethodContext context, CancellationToken cancellationToken)
    {
        var channel = SendMethod.ChannelOf(parameters.Channel);
        var (delivered, error) = await sender.SendAsync(
            new SendRequest(channel, SendMethod.AccountOf(parameters.AccountId), parameters.To.Trim(), "poll:" + parameters.IdempotencyKey)
            {
                Poll = new(parameters.Question, parameters.Options, (int)(parameters.MaxSelections ?? 1)) { Duration = parameters.DurationHours is { } hours ? TimeSpan.FromHours(Math.Min(hours, 24 * 365)) : null },
                AgentId = AgentRoster.Of(configuration.Current).Default.Id,
            },
            cancellationToken).ConfigureAwait(false);
        if (error is { Code: ErrorCodes.InvalidRequest } && error.Message.StartsWith("unsupported channel", StringComparison.Ordinal))
            return ErrorShape.InvalidRequest($"unsupported poll channel: {channel}");
        if (error is not null)
            return error;
        return new JsonObject { ["runId"] = parameters.IdempotencyKey, ["messageId"] = delivered!.MessageId, ["channel"] = channel };
    }
}
