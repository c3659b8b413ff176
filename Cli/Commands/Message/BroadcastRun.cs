using System.Text;
using System.Text.Json.Nodes;
using OpenClaw.Cli.Output;
using OpenClaw.Cli.Startup;

namespace OpenClaw.Cli.Commands.Message;

/// <summary>Sends one message to several receivers, one after the other; who cannot be reached does not keep it from the others.</summary>
internal sealed class BroadcastRun(CommandContext context, MessageArguments arguments)
{
    private const int WidthOfFiles = 120;

    public async Task<int> SendAsync(IReadOnlyList<string> targets, MessageContent content, CancellationToken cancellation)
    {
        if (content.Problem() is { } wrong)
            return await context.FailAsync("Error: " + wrong).ConfigureAwait(false);
        var run = new MessageRun(context, arguments);
        var key = run.Key();
        var results = new JsonArray();
        var (failed, isWorthRepeating) = (0, false);
        string? channel = null;
        foreach (var target in targets.Select(static each => each.Trim()).Distinct(StringComparer.Ordinal))
        {
            // Each receiver has a key of its own, so that a repeat reaches only whom the first time did not.
            var outcome = await run.DeliverAsync(content, target, $"{key}:{target}", cancellation).ConfigureAwait(false);
            if (outcome.Call is null)
                return await context.FailAsync("Error: " + outcome.Problem).ConfigureAwait(false);
            channel = outcome.Call.Channel;
            var result = new JsonObject { ["channel"] = channel, ["to"] = target, ["ok"] = outcome.Failure is null };
            if (outcome.Failure is { } failure)
            {
                failed++;
                isWorthRepeating |= outcome.IsUnsure;
                result["error"] = failure.Message.Split('\n')[0];
            }
            else if (outcome.Answer is { } answer)
            {
                result["result"] = answer;
            }
            results.Add((JsonNode)result);
        }
        await PrintAsync(channel!, key, results, failed, isWorthRepeating).ConfigureAwait(false);
        return failed == 0 ? 0 : 1;
    }

    private async Task PrintAsync(string channel, string key, JsonArray results, int failed, bool isWorthRepeating)
    {
        if (arguments.Client.Json)
        {
            var json = new JsonObject
            {
                ["action"] = "broadcast",
                ["channel"] = channel,
                ["dryRun"] = arguments.DryRun,
                ["handledBy"] = arguments.DryRun ? "dry-run" : "core",
                ["payload"] = new JsonObject { ["results"] = results.DeepClone() },
            };
            await context.Out.WriteLineAsync(JsonText.Indent(Encoding.UTF8.GetBytes(json.ToJsonString()))).ConfigureAwait(false);
        }
        else if (arguments.DryRun)
        {
            await context.Out.WriteLineAsync($"[dry-run] would run broadcast via {channel} to {results.Count} receivers").ConfigureAwait(false);
        }
        else
        {
            var table = new TextTable(context.Console.IsTerminal ? context.Console.Width() : WidthOfFiles, "Channel", "Target", "Status", "Error");
            foreach (var result in results)
                table.Add((string)result!["channel"]!, (string)result["to"]!, (bool)result["ok"]! ? "ok" : "error", (string?)result["error"] ?? "");
            await context.Out.WriteLineAsync($"{(failed == 0 ? "✅ " : "")}Broadcast complete ({results.Count - failed}/{results.Count} succeeded, {failed} failed)\n{table}".TrimEnd('\n')).ConfigureAwait(false);
        }
        if (isWorthRepeating)
            await context.Error.WriteLineAsync($"To try those that failed again, and nobody twice: --idempotency-key {TerminalText.Harmless(key)}").ConfigureAwait(false);
    }
}
