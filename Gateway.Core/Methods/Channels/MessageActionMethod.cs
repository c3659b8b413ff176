using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Gateway.Bus;
using OpenClaw.Gateway.Core.Agents.Roster;
using OpenClaw.Gateway.Core.Channels;
using OpenClaw.Gateway.Core.Channels.Sending;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Protocol.Errors;
using OpenClaw.Gateway.Protocol.Methods;

namespace OpenClaw.Gateway.Core.Methods.Channels;

/// <summary>
/// <c>message.action</c>, by which newer clients do everything that concerns messages: <c>send</c>, <c>poll</c>, <c>react</c>, <c>edit</c>,
/// <c>delete</c>. What a channel cannot do is refused with its name.
/// </summary>
internal sealed class MessageActionMethod(ChannelSender sender, ChannelDirectory directory, ChannelCaller caller, ConfigStore configuration) : JsonMethod<JsonElement>(GatewayMethods.MessageAction)
{
    protected override async ValueTask<MethodResult<JsonObject>> RunAsync(JsonElement parameters, MethodContext context, CancellationToken cancellationToken)
    {
        if (parameters.ValueKind is not JsonValueKind.Object)
            return ErrorShape.InvalidRequest("invalid message.action params: must be object");
        if (Text(parameters, "action")?.ToLowerInvariant() is not { } action)
            return ErrorShape.InvalidRequest("invalid message.action params: must have required property 'action'");
        var channel = SendMethod.ChannelOf(Text(parameters, "channel"));
        var details = parameters.TryGetProperty("params", out var given) && given.ValueKind is JsonValueKind.Object ? given : parameters;
        var to = Text(details, "to") ?? Text(details, "target") ?? Text(details, "channelId") ?? Text(parameters, "to");
        var accountId = SendMethod.AccountOf(Text(parameters, "accountId") ?? Text(details, "accountId"));
        try
        {
            if (await directory.FindAsync(channel, cancellationToken).ConfigureAwait(false) is not { } known)
                return ErrorShape.InvalidRequest($"unsupported channel: {channel}");
            if (to is null)
                return ErrorShape.InvalidRequest($"Action {action} requires a target.");
            if (action is "send" or "poll")
                return await SendAsync(action, channel, accountId, to, parameters, details, cancellationToken).ConfigureAwait(false);
            if (Act(action, to, details) is not { } act)
                return ErrorShape.InvalidRequest(Refusal(action, known.Label, details));
            var result = await caller.ActAsync(channel, accountId ?? known.DefaultAccountId, act, cancellationToken).ConfigureAwait(false);
            return result.Ok ? new JsonObject { ["ok"] = true, ["action"] = action, ["channel"] = channel, ["chatId"] = to } : ErrorShape.Unavailable(result.Error ?? "it could not be done");
        }
        catch (BusUnavailableException e)
        {
            return ErrorShape.Unavailable(e.Message) with { Retryable = true, RetryAfterMs = 1000 };
        }
    }

    private async Task<MethodResult<JsonObject>> SendAsync(string action, string channel, string? accountId, string to, JsonElement parameters, JsonElement details, CancellationToken cancellationToken)
    {
        if (Text(parameters, "idempotencyKey") is not { } key)
            return ErrorShape.InvalidRequest("invalid message.action params: must have required property 'idempotencyKey'");
        var media = Texts(details, "mediaUrls") is { Count: > 0 } several ? several : (Text(details, "mediaUrl") ?? Text(details, "media")) is { } one ? [one] : [];
        OutboundPoll? poll = null;
        if (action is "poll")
        {
            var options = Texts(details, "pollOption") is { Count: > 0 } named ? named : Texts(details, "options");
            if ((Text(details, "pollQuestion") ?? Text(details, "question")) is not { } question || options.Count is < 2 or > 12)
                return ErrorShape.InvalidRequest("a poll has a question and 2 to 12 options");
            poll = new OutboundPoll(question, options, details.TryGetProperty("pollMulti", out var multi) && multi.ValueKind is JsonValueKind.True ? options.Count : 1);
        }
        var (delivered, error) = await sender.SendAsync(
            new SendRequest(channel, accountId, to, "action:" + key)
            {
                Text = Text(details, "message") ?? Text(details, "text") ?? "",
                MediaUrls = media,
                ReplyToId = Text(details, "replyTo") ?? Text(details, "replyToId"),
                ThreadId = Text(details, "threadId"),
                IsSilent = details.TryGetProperty("silent", out var silent) && silent.ValueKind is JsonValueKind.True,
                Poll = poll,
                AgentId = AgentRoster.Of(configuration.Current).Default.Id,
            },
            cancellationToken).ConfigureAwait(false);
        return error is not null
            ? error
            : new JsonObject { ["ok"] = true, ["action"] = action, ["channel"] = channel, ["runId"] = key, ["messageId"] = delivered!.MessageId, ["chatId"] = to };
    }

    private static ChannelAction? Act(string action, string to, JsonElement details) => (action, Text(details, "messageId")) switch
    {
        ("react", { } id) when details.TryGetProperty("remove", out var remove) && remove.ValueKind is JsonValueKind.True => new ReactAction(to, id, null),
        ("react", { } id) when Text(details, "emoji") is { } emoji => new ReactAction(to, id, emoji),
        ("edit", { } id) when Text(details, "message") is { } text => new EditAction(to, id, text),
        ("delete", { } id) => new DeleteAction(to, id),
        ("typing", _) => new TypingAction(to, Text(details, "threadId")),
        _ => null,
    };

    private static string Refusal(string action, string label, JsonElement details) => action switch
    {
        "react" or "edit" or "delete" when Text(details, "messageId") is null => "messageId required",
        "react" => "emoji required",
        "edit" => "message required",
        _ => $"Message action {action} is not supported for {label}.",
    };

    private static string? Text(JsonElement from, string name) =>
        from.TryGetProperty(name, out var value) ? value.ValueKind switch
        {
            JsonValueKind.String when value.GetString()?.Trim() is { Length: > 0 } text => text,
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        }
        : null;

    private static IReadOnlyList<string> Texts(JsonElement from, string name) =>
        from.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Array
            ? [.. value.EnumerateArray().Where(static item => item.ValueKind is JsonValueKind.String).Select(static item => item.GetString()!)]
            : [];
}
