using System.Text.Json;
using OpenClaw.Channels.Abstractions;
using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Gateway.Bus;
using OpenClaw.Gateway.Bus.Calls;

namespace OpenClaw.Gateway.Core.Channels;

/// <summary>Has an account's owner do something that is not stored.</summary>
internal sealed class ChannelCaller(IBus bus)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Asks, and waits for the outcome. Never throws for what is the channel's or the bus' failure.</summary>
    public async Task<ActionResult> ActAsync(string channel, string accountId, ChannelAction action, CancellationToken cancellationToken, TimeSpan? patience = null)
    {
        var request = JsonSerializer.SerializeToUtf8Bytes(action, ChannelJsonContext.Default.ChannelAction);
        CallResult result;
        try
        {
            result = await bus.Calls.CallAsync(ChannelNames.AccountService(channel, accountId), request, new CallOptions { Timeout = patience ?? Patience }, cancellationToken).ConfigureAwait(false);
        }
        catch (BusUnavailableException e)
        {
            return ActionResult.Unavailable(e.Message);
        }
        if (!result.IsAnswered)
            return ActionResult.Unavailable($"{channel} account {accountId} is not running");
        try
        {
            return JsonSerializer.Deserialize(result.Payload.Span, ChannelJsonContext.Default.ActionResult) ?? ActionResult.Failed("no answer");
        }
        catch (JsonException)
        {
            return ActionResult.Failed("an answer that cannot be read");
        }
    }
}
