using System.Text;
using System.Text.Json.Nodes;
using OpenClaw.Cli.Connections;
using OpenClaw.Cli.Output;
using OpenClaw.Cli.Startup;

namespace OpenClaw.Cli.Commands.Channels;

/// <summary><c>openclaw channels login</c>, <c>logout</c> and <c>resolve</c>.</summary>
internal static class ChannelsLogin
{
    public static Task<int> LoginAsync(CommandContext context, string? channelText)
    {
        var channel = ChannelOf(channelText);
        return context.FailAsync("Channel login failed: Error: " + TerminalText.Harmless(KnownChannels.Problem(channel) ?? $"Channel {channel} does not support login: a bot has a token, see channels add"));
    }

    public static Task<int> ResolveAsync(CommandContext context, string? channelText)
    {
        var channel = ChannelOf(channelText);
        return context.FailAsync("Error: " + TerminalText.Harmless(KnownChannels.Problem(channel) ?? $"Channel {channel} does not support resolve."));
    }

    public static async Task<int> LogoutAsync(CommandContext context, ClientArguments arguments, string? channelText, string? account, CancellationToken cancellation)
    {
        var channel = ChannelOf(channelText);
        if (KnownChannels.Problem(channel) is { } problem)
            return await context.FailAsync("Channel logout failed: Error: " + TerminalText.Harmless(problem)).ConfigureAwait(false);
        if (arguments.TimeoutOr(GatewayCaller.UsualTimeoutMs) is not { } timeout)
            return await context.FailAsync("Error: invalid --timeout: " + arguments.Timeout).ConfigureAwait(false);
        var parameters = new JsonObject { ["channel"] = channel };
        if (account is not null)
            parameters["accountId"] = account;
        var route = await GatewayCaller.RouteAsync(context, arguments, cancellation).ConfigureAwait(false);
        var outcome = await GatewayCaller.CallAsync(context, route, "channels.logout", Encoding.UTF8.GetBytes(parameters.ToJsonString()), timeout, expectFinal: false, cancellation).ConfigureAwait(false);
        if (outcome.Failure is { } failure)
            return await failure.ReportAsync(context, "Channel logout failed: Error: ").ConfigureAwait(false);
        await context.Out.WriteLineAsync(arguments.Json ? JsonText.Indent(outcome.Response!.Payload.Span) : $"Logged out of {KnownChannels.LabelOf(channel)}.").ConfigureAwait(false);
        return 0;
    }

    /// <summary>Who names none means the one that is linked so.</summary>
    private static string ChannelOf(string? channel) => KnownChannels.NameOf(channel) is { Length: > 0 } named ? named : KnownChannels.WhatsApp;
}
