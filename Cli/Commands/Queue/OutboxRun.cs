using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Cli.Connections;
using OpenClaw.Cli.Output;
using OpenClaw.Cli.Startup;

namespace OpenClaw.Cli.Commands.Queue;

/// <summary>Carries out what concerns messages to send, over the running gateway.</summary>
internal sealed class OutboxRun(CommandContext context, ClientArguments arguments)
{
    public static readonly string[] States = ["prepared", "queued", "attempting", "delivered", "failed", "ambiguous", "dropped"];

    private const int WidthOfFiles = 160;
    private const int MaxLimit = 1000;

    /// <summary>Shows them. Where this machine's gateway does not run, what its files say was set aside is shown instead.</summary>
    public async Task<int> ListAsync(string? redis, string? state, string? channel, int limit, CancellationToken cancellation)
    {
        if (limit is < 1 or > MaxLimit)
            return await context.FailAsync($"Error: --limit is 1 to {MaxLimit}").ConfigureAwait(false);
        if (redis is not null)
            return await QueueRun.ListAsync(context, redis, arguments.Json, cancellation).ConfigureAwait(false);
        var parameters = new JsonObject { ["limit"] = limit };
        if (state is not null)
            parameters["state"] = state;
        if (channel is not null)
            parameters["channel"] = channel;
        if (await AskAsync("outbox.list", parameters, cancellation).ConfigureAwait(false) is not { } outcome)
            return 1;
        if (outcome.Failure is { HostMayHelp: true } && state is null && channel is null)
            return await QueueRun.ListAsync(context, null, arguments.Json, cancellation).ConfigureAwait(false);
        if (outcome.Failure is { } failure)
            return await failure.ReportAsync(context, "Error: ").ConfigureAwait(false);
        var answer = outcome.Response!.Payload;
        await context.Out.WriteLineAsync(arguments.Json ? JsonText.Indent(answer.Span) : Table(answer)).ConfigureAwait(false);
        return 0;
    }

    public async Task<int> RetryAsync(string id, CancellationToken cancellation)
    {
        if (await DecideAsync("outbox.retry", id, cancellation).ConfigureAwait(false) is not { } answer)
            return 1;
        if (!arguments.Json)
            await context.Out.WriteLineAsync(TerminalText.Harmless($"Message {id} is sent again as {(string?)answer["retriedAs"]}.")).ConfigureAwait(false);
        if ((string?)answer["warning"] is { } warning)
            await context.Error.WriteLineAsync("Warning: " + TerminalText.Harmless(warning) + ".").ConfigureAwait(false);
        return 0;
    }

    public async Task<int> DropAsync(string id, CancellationToken cancellation)
    {
        if (await DecideAsync("outbox.drop", id, cancellation).ConfigureAwait(false) is not { } answer)
            return 1;
        if (arguments.Json)
            return 0;
        await context.Out.WriteLineAsync(TerminalText.Harmless(
            (bool?)answer["pending"] is true
                ? $"Message {id} will not be sent. It has its turn at this moment, and leaves the queue with it."
                : $"Message {id} is forgotten.")).ConfigureAwait(false);
        return 0;
    }

    private async Task<JsonNode?> DecideAsync(string method, string id, CancellationToken cancellation)
    {
        if (await AskAsync(method, new JsonObject { ["id"] = id }, cancellation).ConfigureAwait(false) is not { } outcome)
            return null;
        if (outcome.Failure is { } failure)
        {
            await failure.ReportAsync(context, "Error: ").ConfigureAwait(false);
            return null;
        }
        var answer = outcome.Response!.Payload;
        if (arguments.Json)
            await context.Out.WriteLineAsync(JsonText.Indent(answer.Span)).ConfigureAwait(false);
        return JsonNode.Parse(answer.Span);
    }

    private async Task<GatewayOutcome?> AskAsync(string method, JsonObject parameters, CancellationToken cancellation)
    {
        if (arguments.TimeoutOr(GatewayCaller.UsualTimeoutMs) is not { } timeout)
        {
            await context.FailAsync("Error: invalid --timeout: " + arguments.Timeout).ConfigureAwait(false);
            return null;
        }
        var route = await GatewayCaller.RouteAsync(context, arguments, cancellation).ConfigureAwait(false);
        return await GatewayCaller.CallAsync(context, route, method, Encoding.UTF8.GetBytes(parameters.ToJsonString()), timeout, expectFinal: false, cancellation).ConfigureAwait(false);
    }

    private string Table(ReadOnlyMemory<byte> answer)
    {
        using var document = JsonDocument.Parse(answer);
        var rows = document.RootElement.Items("messages").ToList();
        var now = context.Time.GetUtcNow();
        var waiting = string.Concat(document.RootElement.Items("waiting").Select(each => string.Create(
            CultureInfo.InvariantCulture,
            $"\n{each.Integer("count") ?? 0} waiting for {each.Text("channel")}/{each.Text("accountId")}, the oldest {Age.Ago(each.Integer("sinceMs") ?? 0, now)}.")));
        if (rows.Count == 0)
            return waiting.Length > 0 ? "More is not known of these:" + TerminalText.Harmless(waiting) : "No message is on its way out, or was in the last two days.";
        var table = new TextTable(context.Console.IsTerminal ? context.Console.Width() : WidthOfFiles, "ID", "State", "Channel", "Chat", "Age", "Tries", "Ends", "Reason") { FirstToYield = 7 };
        foreach (var row in rows)
        {
            var reason = row.Text("reason") ?? "";
            if (row.Flag("mayBeDouble") is true && row.Text("state") is "delivered")
                reason = "may be there twice";
            if (row.Text("retriedAs") is { } other)
                reason += $" (sent again as {other})";
            table.Add(
                row.Text("id") ?? "",
                row.Text("state") ?? "",
                $"{row.Text("channel")}/{row.Text("accountId")}",
                (row.Text("to") ?? "") + (row.Text("threadId") is { } thread ? $" #{thread}" : ""),
                Age.Ago(row.Integer("createdAtMs") ?? 0, now),
                string.Create(CultureInfo.InvariantCulture, $"{row.Integer("attempts") ?? 0}"),
                row.Text("state") is "delivered" or "failed" or "dropped" ? "" : Ends(row.Integer("expiresAtMs"), now),
                reason);
        }
        var total = document.RootElement.Integer("total") ?? rows.Count;
        return $"{table}".TrimEnd('\n') + (total > rows.Count ? string.Create(CultureInfo.InvariantCulture, $"\n{total - rows.Count} older ones are not shown; see --limit.") : "") + TerminalText.Harmless(waiting);
    }

    /// <summary>When it is not tried any more.</summary>
    private static string Ends(long? expiresAtMs, DateTimeOffset now) => (expiresAtMs - now.ToUnixTimeMilliseconds()) switch
    {
        null => "",
        <= 0 => "over",
        < 60_000 and var left => string.Create(CultureInfo.InvariantCulture, $"in {left / 1000}s"),
        < 3_600_000 and var left => string.Create(CultureInfo.InvariantCulture, $"in {left / 60_000}m"),
        var left => string.Create(CultureInfo.InvariantCulture, $"in {left / 3_600_000}h"),
    };
}
