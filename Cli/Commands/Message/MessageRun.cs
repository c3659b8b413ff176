using System.Text;
using System.Text.Json.Nodes;
using OpenClaw.Cli.Connections;
using OpenClaw.Cli.Output;
using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Client.Targets;

namespace OpenClaw.Cli.Commands.Message;

/// <summary>Carries one action out over the gateway. The gateway alone talks to channels.</summary>
internal sealed class MessageRun(CommandContext context, MessageArguments arguments)
{
    /// <summary>The gateway answers after 28 s at the latest when it has the file; reading one from the internet comes before.</summary>
    public const int UsualTimeoutMs = 60_000;

    /// <summary>Sends a message.</summary>
    public async Task<int> SendAsync(MessageContent content, CancellationToken cancellation)
    {
        if (content.Problem() is { } wrong)
            return await context.FailAsync("Error: " + wrong).ConfigureAwait(false);
        var outcome = await DeliverAsync(content, arguments.Target!, Key(), cancellation).ConfigureAwait(false);
        if (outcome.Call is not { } call)
            return await context.FailAsync("Error: " + outcome.Problem).ConfigureAwait(false);
        if (arguments.DryRun)
            return await PrintDryRunAsync(call).ConfigureAwait(false);
        if (outcome.Answer is not { } answer)
            return await ReportAsync(call, outcome.Failure!, outcome.IsUnsure).ConfigureAwait(false);
        var payload = new JsonObject
        {
            ["channel"] = call.Channel,
            ["to"] = arguments.Target,
            ["via"] = "gateway",
            ["mediaUrl"] = string.IsNullOrWhiteSpace(content.Media) ? null : content.Media,
            ["result"] = answer,
        };
        return await PrintAsync(call, payload, $"✅ Sent via gateway ({call.Channel}). Message ID: {(string?)answer["messageId"] ?? "unknown"}").ConfigureAwait(false);
    }

    /// <summary>Does anything else.</summary>
    public async Task<int> ActAsync(string action, JsonObject details, CancellationToken cancellation)
    {
        var (route, channel, problem) = await RouteAsync(cancellation).ConfigureAwait(false);
        if (channel is null)
            return await context.FailAsync("Error: " + problem).ConfigureAwait(false);
        if (arguments.Target is { } target)
            details["to"] = target.Trim();
        var call = Action(action, channel, Key(), details);
        if (arguments.DryRun)
            return await PrintDryRunAsync(call).ConfigureAwait(false);
        var outcome = await AskAsync(route, call, cancellation).ConfigureAwait(false);
        if (outcome.Answer is not { } answer)
            return await ReportAsync(call, outcome.Failure!, outcome.IsUnsure && action is "poll" or "sticker").ConfigureAwait(false);
        var text = action switch
        {
            "poll" or "sticker" => $"✅ Sent via gateway ({channel}). Message ID: {(string?)answer["messageId"] ?? "unknown"}",
            "thread-create" => $"✅ Thread created via gateway ({channel}). Thread ID: {(string?)answer["threadId"] ?? "unknown"}",
            _ => $"✅ {char.ToUpperInvariant(action[0])}{action[1..]} done via gateway ({channel}).",
        };
        return await PrintAsync(call, answer, text).ConfigureAwait(false);
    }

    /// <summary>Sends to one receiver, and tells what came of it.</summary>
    public async Task<MessageOutcome> DeliverAsync(MessageContent content, string target, string key, CancellationToken cancellation)
    {
        var (route, channel, problem) = await RouteAsync(cancellation).ConfigureAwait(false);
        if (channel is null)
            return new MessageOutcome { Problem = problem };
        if (target.Trim().Length == 0)
            return new MessageOutcome { Problem = "--target is empty." };
        var isLocal = route.Address.Origin is GatewayAddressOrigin.Local;
        // What would be asked can be shown without a copy.
        var (media, wrong) = arguments.DryRun
            ? (new StagedMedia(content.Media, null), null)
            : await StagedMedia.PrepareAsync(context, content.Media, isLocal, cancellation).ConfigureAwait(false);
        if (media is null)
            return new MessageOutcome { Problem = wrong };
        using (media)
        {
            var call = content.FitsSend ? Send(content, target, channel, key, media.Reference) : Action("send", channel, key, With(content.ToDetails(media.Reference), target));
            return arguments.DryRun ? new MessageOutcome { Call = call } : await AskAsync(route, call, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>The key that was given, or a new one.</summary>
    public string Key() => arguments.IdempotencyKey?.Trim() is { Length: > 0 } given ? given : Guid.NewGuid().ToString();

    private async Task<(GatewayRoute Route, string? Channel, string? Problem)> RouteAsync(CancellationToken cancellation)
    {
        var route = await GatewayCaller.RouteAsync(context, arguments.Client, cancellation).ConfigureAwait(false);
        var (channel, problem) = ConfiguredChannels.Choose(route.Snapshot, arguments.Channel);
        return (route, channel, problem);
    }

    private MessageCall Send(MessageContent content, string target, string channel, string key, string? media)
    {
        var parameters = new JsonObject { ["to"] = target.Trim(), ["message"] = content.Text, ["channel"] = channel, ["idempotencyKey"] = key };
        if (media is not null)
            parameters["mediaUrl"] = media;
        if (content.PlaysAsGif)
            parameters["gifPlayback"] = true;
        if (arguments.Account is { } account)
            parameters["accountId"] = account;
        return new MessageCall("send", "send", channel, key, parameters);
    }

    private MessageCall Action(string action, string channel, string key, JsonObject details)
    {
        var parameters = new JsonObject { ["action"] = action, ["channel"] = channel, ["params"] = details, ["idempotencyKey"] = key };
        if (arguments.Account is { } account)
            parameters["accountId"] = account;
        return new MessageCall("message.action", action, channel, key, parameters);
    }

    private static JsonObject With(JsonObject details, string target)
    {
        details["to"] = target.Trim();
        return details;
    }

    private async Task<MessageOutcome> AskAsync(GatewayRoute route, MessageCall call, CancellationToken cancellation)
    {
        if (arguments.Client.TimeoutOr(UsualTimeoutMs) is not { } timeout)
            return new MessageOutcome { Problem = "invalid --timeout: " + arguments.Client.Timeout };
        if (arguments.Verbose)
            await context.Error.WriteLineAsync($"{call.Method} over {route.Address.Url}, idempotency key {call.Key}").ConfigureAwait(false);
        var outcome = await GatewayCaller.CallAsync(context, route, call.Method, Encoding.UTF8.GetBytes(call.Parameters.ToJsonString()), timeout, expectFinal: false, cancellation).ConfigureAwait(false);
        return outcome.Failure is null
            ? new MessageOutcome { Call = call, Answer = JsonNode.Parse(outcome.Response!.Payload.Span)!.AsObject() }
            : new MessageOutcome { Call = call, Failure = outcome.Failure, IsUnsure = outcome.Response is null ? !outcome.Failure.NeverAsked : outcome.Response.Error is { Retryable: true } };
    }

    private async Task<int> ReportAsync(MessageCall call, GatewayFailure failure, bool isUnsure)
    {
        var exitCode = await failure.ReportAsync(context, "Error: ").ConfigureAwait(false);
        if (isUnsure)
            await context.Error.WriteLineAsync($"To ask again without sending it twice: --idempotency-key {TerminalText.Harmless(call.Key)}").ConfigureAwait(false);
        return exitCode;
    }

    private async Task<int> PrintDryRunAsync(MessageCall call)
    {
        var text = $"[dry-run] would run {call.Action} via {call.Channel}";
        var payload = (JsonObject)call.Parameters.DeepClone();
        return await PrintAsync(call, payload, text).ConfigureAwait(false);
    }

    private async Task<int> PrintAsync(MessageCall call, JsonObject payload, string text)
    {
        var json = new JsonObject
        {
            ["action"] = call.Action,
            ["channel"] = call.Channel,
            ["dryRun"] = arguments.DryRun,
            ["handledBy"] = arguments.DryRun ? "dry-run" : "core",
            ["payload"] = payload,
        };
        await context.Out.WriteLineAsync(arguments.Client.Json ? JsonText.Indent(Encoding.UTF8.GetBytes(json.ToJsonString())) : TerminalText.Harmless(text)).ConfigureAwait(false);
        return 0;
    }
}

/// <summary>What is asked of the gateway.</summary>
/// <param name="Method">The method.</param>
/// <param name="Action">What is done.</param>
/// <param name="Channel">Where.</param>
/// <param name="Key">By which a repeat is known.</param>
/// <param name="Parameters">Of the method.</param>
internal sealed record MessageCall(string Method, string Action, string Channel, string Key, JsonObject Parameters);

/// <summary>What came of it.</summary>
internal sealed record MessageOutcome
{
    /// <summary>What was asked, or would be; null when it is no question that can be asked.</summary>
    public MessageCall? Call { get; init; }

    /// <summary>Why it cannot be asked.</summary>
    public string? Problem { get; init; }

    /// <summary>The answer.</summary>
    public JsonObject? Answer { get; init; }

    /// <summary>Why there is none.</summary>
    public GatewayFailure? Failure { get; init; }

    /// <summary>It may have been done all the same.</summary>
    public bool IsUnsure { get; init; }
}
