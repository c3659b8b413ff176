using System.Text.Json.Nodes;
using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Channels.Abstractions.Status;
using OpenClaw.Gateway.Bus;
using OpenClaw.Gateway.Core.Channels;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Protocol.Errors;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Channels;

namespace OpenClaw.Gateway.Core.Methods.Channels;

/// <summary><c>channels.status</c>: the channels and their accounts, as their owners told last; with a probe also what the providers say now.</summary>
internal sealed class ChannelsStatusMethod(ChannelStatusReport report, ChannelCaller caller) : JsonMethod<ChannelsStatusParams>(GatewayMethods.ChannelsStatus)
{
    private const long DefaultTimeoutMs = 10_000;

    private const long MinTimeoutMs = 1_000;

    private const long MaxTimeoutMs = 60_000;

    protected override async ValueTask<MethodResult<JsonObject>> RunAsync(ChannelsStatusParams parameters, MethodContext context, CancellationToken cancellationToken)
    {
        try
        {
            var channels = await report.TakeAsync(cancellationToken).ConfigureAwait(false);
            var timeout = TimeSpan.FromMilliseconds(Math.Clamp(parameters.TimeoutMs ?? DefaultTimeoutMs, MinTimeoutMs, MaxTimeoutMs));
            return report.ToJson(channels, parameters.Probe is true ? await ProbeAsync(channels, timeout, cancellationToken).ConfigureAwait(false) : null);
        }
        catch (BusUnavailableException e)
        {
            return ErrorShape.Unavailable(e.Message) with { Retryable = true, RetryAfterMs = 1000 };
        }
    }

    private async Task<IReadOnlyDictionary<string, JsonObject>> ProbeAsync(
        IReadOnlyList<(ChannelDescription Channel, IReadOnlyList<AccountStatus> Accounts)> channels, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var accounts = channels.SelectMany(static channel => channel.Accounts).Where(static account => account is { Enabled: true, Configured: true });
        var probed = await Task.WhenAll(accounts.Select(async account =>
        {
            var result = await caller.ActAsync(account.Channel, account.AccountId, new ProbeAction(), cancellationToken, timeout).ConfigureAwait(false);
            var probe = new JsonObject { ["ok"] = result.Ok, ["elapsedMs"] = result.ElapsedMs };
            if (result.Error is not null)
                probe["error"] = result.Error;
            if (result.Identity is not null)
                probe["bot"] = new JsonObject { ["username"] = result.Identity };
            return (Key: $"{account.Channel}:{account.AccountId}", Probe: probe);
        })).ConfigureAwait(false);
        return probed.ToDictionary(static pair => pair.Key, static pair => pair.Probe, StringComparer.Ordinal);
    }
}
