using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Channels.Abstractions.Status;
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
/// <c>message.action</c>, by which newer clients do everything that concerns messages. What a channel cannot do is refused, with what it can.
/// </summary>
internal sealed class MessageActionMethod(ChannelSender sender, ChannelDirectory directory, ChannelCaller caller, ConfigStore configuration) : JsonMethod<JsonElement>(GatewayMethods.MessageAction)
{
    protected override async ValueTask<MethodResult<JsonObject>> RunAsync(JsonElement parameters, MethodContext context, CancellationToken cancellationToken)
    {
        if (parameters.ValueKind is not JsonValueKind.Object)
            return ErrorShape.InvalidRequest("invalid message.action params: must be object");
        var call = new MessageActionCall(parameters);
        if (call.Action is not { } action)
            return ErrorShape.InvalidRequest("invalid message.action params: must have required property 'action'");
        try
        {
            if (await directory.FindAsync(call.Channel, cancellationToken).ConfigureAwait(false) is not { } channel)
                return ErrorShape.InvalidRequest($"unsupported channel: {call.Channel}");
            if (!channel.Actions.Contains(action, StringComparer.Ordinal))
                return ErrorShape.InvalidRequest(Refusal(action, channel));
            if (call.To is not { } to)
                return ErrorShape.InvalidRequest($"Action {action} requires a target.");
            if (action is "send" or "poll" or "sticker")
                return await SendAsync(action, to, call, cancellationToken).ConfigureAwait(false);
            if (Act(action, to, call) is not { } act)
                return ErrorShape.InvalidRequest(call.MessageId is null && action is not "thread-create" ? "messageId required" : action is "react" ? "emoji required" : action is "edit" ? "message required" : "name required");
            var result = await caller.ActAsync(channel.Id, call.AccountId ?? channel.DefaultAccountId, act, cancellationToken).ConfigureAwait(false);
            if (!result.Ok)
                return ErrorShape.Unavailable(result.Error ?? "it could not be done");
            var done = new JsonObject { ["ok"] = true, ["action"] = action, ["channel"] = channel.Id, ["chatId"] = to };
            if (result.ThreadId is { } thread)
                done["threadId"] = thread;
            return done;
        }
        catch (BusUnavailableException e)
        {
            return ErrorShape.Unavailable(e.Message) with { Retryable = true, RetryAfterMs = 1000 };
        }
    }

    private async Task<MethodResult<JsonObject>> SendAsync(string action, string to, MessageActionCall call, CancellationToken cancellationToken)
    {
        if (call.IdempotencyKey is not { } key)
            return ErrorShape.InvalidRequest("invalid message.action params: must have required property 'idempotencyKey'");
        var (request, wrong) = call.ToRequest(action, to, key, AgentRoster.Of(configuration.Current).Default.Id);
        if (request is null)
            return ErrorShape.InvalidRequest(wrong!);
        var (delivered, error) = await sender.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return error is not null
            ? error
            : new JsonObject { ["ok"] = true, ["action"] = action, ["channel"] = call.Channel, ["runId"] = key, ["messageId"] = delivered!.MessageId, ["chatId"] = to };
    }

    private static ChannelAction? Act(string action, string to, MessageActionCall call) => (action, call.MessageId) switch
    {
        ("react", { } id) when call.Is("remove") => new ReactAction(to, id, null),
        ("react", { } id) when call.Detail("emoji") is { } emoji => new ReactAction(to, id, emoji),
        ("edit", { } id) when call.Detail("message") is { } text => new EditAction(to, id, text),
        ("delete", { } id) => new DeleteAction(to, id),
        ("pin", { } id) => new PinAction(to, id),
        ("unpin", { } id) => new UnpinAction(to, id),
        ("thread-create", _) when (call.Detail("threadName") ?? call.Detail("name")) is { } name => new CreateThreadAction(to, name),
        ("typing", _) => new TypingAction(to, call.Detail("threadId")),
        _ => null,
    };

    private static string Refusal(string action, ChannelDescription channel) =>
        $"Message action {action} is not supported for {channel.Label}. Supported: {string.Join(", ", channel.Actions)}.";
}
