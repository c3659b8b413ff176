using OpenClaw.Channels.Abstractions.Outbox;
using OpenClaw.Gateway.Bus;
using OpenClaw.Gateway.Core.Channels.Outbox;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Protocol.Errors;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Channels;
using OpenClaw.Gateway.Protocol.Methods.Status;
using System.Text.Json.Nodes;

namespace OpenClaw.Gateway.Core.Methods.Channels;

/// <summary><c>outbox.list</c>: the messages to send, the newest last; never their words.</summary>
internal sealed class OutboxListMethod(OutboxReport report) : JsonMethod<OutboxListParams>(GatewayMethods.OutboxList)
{
    private const int DefaultLimit = 200;

    protected override async ValueTask<MethodResult<JsonObject>> RunAsync(OutboxListParams parameters, MethodContext context, CancellationToken cancellationToken)
    {
        try
        {
            var all = (await report.TakeAsync(cancellationToken).ConfigureAwait(false))
                .Where(row => parameters.State is null || OutboxJson.NameOf(row.State) == parameters.State)
                .Where(row => parameters.Channel is null || string.Equals(row.Record.Channel, parameters.Channel.Trim(), StringComparison.OrdinalIgnoreCase))
                .ToList();
            var shown = all.TakeLast((int)(parameters.Limit ?? DefaultLimit));
            var backlog = (await report.BacklogAsync(cancellationToken).ConfigureAwait(false))
                .Where(each => parameters.Channel is null || string.Equals(each.Channel, parameters.Channel.Trim(), StringComparison.OrdinalIgnoreCase));
            return new JsonObject
            {
                ["total"] = all.Count,
                ["messages"] = new JsonArray([.. shown.Select(OutboxJson.Of)]),
                ["waiting"] = new JsonArray([.. backlog.Select(OutboxJson.Of)]),
            };
        }
        catch (BusUnavailableException e)
        {
            return OutboxJson.Later(e);
        }
    }
}

/// <summary><c>outbox.status</c>: how many there are of each state, and how many wait in the queues.</summary>
internal sealed class OutboxStatusMethod(OutboxReport report) : JsonMethod<EmptyParams>(GatewayMethods.OutboxStatus)
{
    protected override async ValueTask<MethodResult<JsonObject>> RunAsync(EmptyParams parameters, MethodContext context, CancellationToken cancellationToken)
    {
        try
        {
            var rows = await report.TakeAsync(cancellationToken).ConfigureAwait(false);
            var counts = new JsonObject();
            foreach (var state in Enum.GetValues<OutboxState>())
                counts[OutboxJson.NameOf(state)] = rows.Count(row => row.State == state);
            var waiting = (await report.BacklogAsync(cancellationToken).ConfigureAwait(false)).Sum(static each => each.Count);
            return new JsonObject { ["counts"] = counts, ["waiting"] = waiting };
        }
        catch (BusUnavailableException e)
        {
            return OutboxJson.Later(e);
        }
    }
}

/// <summary><c>outbox.retry</c>: sends a message again, once.</summary>
internal sealed class OutboxRetryMethod(OutboxDesk desk) : JsonMethod<OutboxDecisionParams>(GatewayMethods.OutboxRetry)
{
    protected override async ValueTask<MethodResult<JsonObject>> RunAsync(OutboxDecisionParams parameters, MethodContext context, CancellationToken cancellationToken)
    {
        try
        {
            var (decision, error) = await desk.RetryAsync(parameters.Id.Trim(), cancellationToken).ConfigureAwait(false);
            if (decision is null)
                return error!;
            var answer = new JsonObject { ["ok"] = true, ["id"] = parameters.Id.Trim(), ["retriedAs"] = decision.NewId };
            if (decision.Warning is { } warning)
                answer["warning"] = warning;
            return answer;
        }
        catch (BusUnavailableException e)
        {
            return OutboxJson.Later(e);
        }
    }
}

/// <summary><c>outbox.drop</c>: gives a message up.</summary>
internal sealed class OutboxDropMethod(OutboxDesk desk) : JsonMethod<OutboxDecisionParams>(GatewayMethods.OutboxDrop)
{
    protected override async ValueTask<MethodResult<JsonObject>> RunAsync(OutboxDecisionParams parameters, MethodContext context, CancellationToken cancellationToken)
    {
        try
        {
            var (decision, error) = await desk.DropAsync(parameters.Id.Trim(), cancellationToken).ConfigureAwait(false);
            return decision is null ? error! : new JsonObject { ["ok"] = true, ["id"] = parameters.Id.Trim(), ["pending"] = decision.IsPending };
        }
        catch (BusUnavailableException e)
        {
            return OutboxJson.Later(e);
        }
    }
}

/// <summary>The outbox on the wire.</summary>
internal static class OutboxJson
{
    public static string NameOf(OutboxState state) => state switch
    {
        OutboxState.Prepared => "prepared",
        OutboxState.Queued => "queued",
        OutboxState.Attempting => "attempting",
        OutboxState.Delivered => "delivered",
        OutboxState.Failed => "failed",
        OutboxState.Ambiguous => "ambiguous",
        OutboxState.Dropped => "dropped",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    public static JsonNode Of(OutboxBacklog backlog)
    {
        var json = new JsonObject { ["channel"] = backlog.Channel, ["accountId"] = backlog.Account, ["count"] = backlog.Count };
        if (backlog.Since is { } since)
            json["sinceMs"] = since.ToUnixTimeMilliseconds();
        return json;
    }

    public static JsonNode Of(OutboxRow row)
    {
        var record = row.Record;
        var json = new JsonObject
        {
            ["id"] = record.Id,
            ["state"] = NameOf(row.State),
            ["channel"] = record.Channel,
            ["accountId"] = record.AccountId,
            ["to"] = record.To,
            ["attempts"] = record.Attempts,
            ["createdAtMs"] = record.CreatedAtMs,
            ["atMs"] = record.AtMs,
            ["mayBeDouble"] = record.MayBeDouble,
            ["kept"] = row.IsKept,
        };
        if (record.ThreadId is { } thread)
            json["threadId"] = thread;
        if (record.ExpiresAtMs is { } expires)
            json["expiresAtMs"] = expires;
        if (record.MessageId is { } messageId)
            json["messageId"] = messageId;
        if (row.Reason is { } reason)
            json["reason"] = reason;
        if (record.RetriedAs is { } other)
            json["retriedAs"] = other;
        return json;
    }

    public static ErrorShape Later(BusUnavailableException away) => ErrorShape.Unavailable(away.Message) with { Retryable = true, RetryAfterMs = 1000 };
}
