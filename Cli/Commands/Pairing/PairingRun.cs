using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Cli.Connections;
using OpenClaw.Cli.Output;
using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Core.Channels.Inbound.Pairing;

namespace OpenClaw.Cli.Commands.Pairing;

/// <summary>Carries <c>openclaw pairing</c> out.</summary>
internal static class PairingRun
{
    private const int WidthOfFiles = 120;
    private const int NarrowestTable = 60;

    /// <summary>Those that give codes.</summary>
    private static readonly string[] Channels = ["telegram", "whatsapp"];

    public static async Task<int> ListAsync(CommandContext context, string? channel, bool json, CancellationToken cancellation)
    {
        if (await CheckAsync(context, channel).ConfigureAwait(false) is not { } known)
            return 1;
        IReadOnlyList<ChannelPairingRequest> requests;
        try
        {
            requests = await StoreOf(context).ListAsync(known, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return await context.FailAsync("Error: " + e.Message).ConfigureAwait(false);
        }
        await context.Out.WriteLineAsync(json ? Json(known, requests) : requests.Count == 0 ? $"No pending {known} pairing requests." : Table(known, requests, context)).ConfigureAwait(false);
        return 0;
    }

    public static async Task<int> ApproveAsync(CommandContext context, string channel, string? code, bool notify, CancellationToken cancellation)
    {
        if (await CheckAsync(context, channel).ConfigureAwait(false) is not { } known)
            return 1;
        if (code?.Trim() is not { Length: > 0 } given)
            return await context.FailAsync($"Error: Code required. Use: {context.Environment.CommandName} pairing approve {known} <code>").ConfigureAwait(false);
        ChannelPairingRequest? approved;
        try
        {
            approved = await StoreOf(context).ApproveAsync(known, given, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return await context.FailAsync("Error: " + e.Message).ConfigureAwait(false);
        }
        if (approved is null)
            return await context.FailAsync("Error: No pending pairing request found for code: " + TerminalText.Harmless(given)).ConfigureAwait(false);
        await context.Out.WriteLineAsync($"Approved {known} sender {TerminalText.Harmless(approved.Id)}.").ConfigureAwait(false);
        if (notify)
            await NotifyAsync(context, known, approved, cancellation).ConfigureAwait(false);
        return 0;
    }

    /// <summary>The approval holds whether or not the sender can be told.</summary>
    private static async Task NotifyAsync(CommandContext context, string channel, ChannelPairingRequest approved, CancellationToken cancellation)
    {
        var parameters = new JsonObject
        {
            ["channel"] = channel,
            ["to"] = approved.Id,
            ["message"] = "✅ OpenClaw access approved. Send a message to start chatting.",
            // The same approval is told once.
            ["idempotencyKey"] = $"pairing:{channel}:{approved.Id}:{approved.Code}",
        };
        var arguments = new ClientArguments();
        var route = await GatewayCaller.RouteAsync(context, arguments, cancellation).ConfigureAwait(false);
        var outcome = await GatewayCaller.CallAsync(
            context, route, "send", System.Text.Encoding.UTF8.GetBytes(parameters.ToJsonString()), TimeSpan.FromMilliseconds(GatewayCaller.UsualTimeoutMs), expectFinal: false, cancellation).ConfigureAwait(false);
        if (outcome.Failure is { } failure)
            await failure.ReportAsync(context, "The sender could not be told: ").ConfigureAwait(false);
    }

    private static async Task<string?> CheckAsync(CommandContext context, string? channel)
    {
        if (channel?.Trim().ToLowerInvariant() is not { Length: > 0 } known)
        {
            await context.FailAsync($"Error: Channel required. Use --channel <channel> or pass it as the first argument (expected one of: {string.Join(", ", Channels)})").ConfigureAwait(false);
            return null;
        }
        // Another channel's files may be here too, of the peer; its id is all that is asked for.
        if (char.IsAsciiLetterLower(known[0]) && known.Length <= 64 && known.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            return known;
        await context.FailAsync("Error: Invalid channel: " + TerminalText.Harmless(channel)).ConfigureAwait(false);
        return null;
    }

    private static PairingStore StoreOf(CommandContext context) => new(context.Environment.CredentialsDirectory, context.Time);

    private static string Table(string channel, IReadOnlyList<ChannelPairingRequest> requests, CommandContext context)
    {
        var table = new TextTable(context.Console.IsTerminal ? Math.Max(NarrowestTable, context.Console.Width()) : WidthOfFiles, "Code", channel + "SenderId", "Meta", "Requested") { FirstToYield = 2 };
        foreach (var request in requests)
            table.Add(request.Code, request.Id, request.Meta?.ToJsonString() ?? "", request.CreatedAt);
        return $"Pairing requests ({requests.Count})\n{table}".TrimEnd('\n');
    }

    private static string Json(string channel, IReadOnlyList<ChannelPairingRequest> requests) => JsonText.Indent(System.Text.Encoding.UTF8.GetBytes(new JsonObject
    {
        ["channel"] = channel,
        ["requests"] = new JsonArray([.. requests.Select(static JsonNode (request) =>
        {
            var row = new JsonObject { ["id"] = request.Id, ["code"] = request.Code, ["createdAt"] = request.CreatedAt, ["lastSeenAt"] = request.LastSeenAt };
            if (request.Meta is { } meta)
                row["meta"] = meta.DeepClone();
            return row;
        })]),
    }.ToJsonString()));
}
