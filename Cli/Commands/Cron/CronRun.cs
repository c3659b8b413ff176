using System.Text;
using System.Text.Json.Nodes;
using OpenClaw.Cli.Connections;
using OpenClaw.Cli.Output;
using OpenClaw.Cli.Startup;

namespace OpenClaw.Cli.Commands.Cron;

/// <summary>Runs the subcommands of <c>openclaw cron</c>, all over the gateway: it alone changes the jobs.</summary>
internal sealed class CronRun(CommandContext context, ClientArguments arguments, int usualTimeoutMs = CronRun.UsualTimeoutMs)
{
    public const int UsualTimeoutMs = 30_000;

    /// <summary>A run is answered when it has ended, and may take ten minutes.</summary>
    public const int RunTimeoutMs = 630_000;

    public async Task<int> PrintAsync(string method, JsonObject parameters, CancellationToken cancellation)
    {
        if (await AskAsync(method, parameters, cancellation).ConfigureAwait(false) is not { } answer)
            return 1;
        await context.Out.WriteLineAsync(JsonText.Indent(answer.Span)).ConfigureAwait(false);
        if (method is "cron.update" or "cron.add")
            await WarnWhenOffAsync(cancellation).ConfigureAwait(false);
        return 0;
    }

    public async Task<int> ListAsync(bool all, CancellationToken cancellation)
    {
        if (await AskAsync("cron.list", new JsonObject { ["includeDisabled"] = all }, cancellation).ConfigureAwait(false) is not { } answer)
            return 1;
        await context.Out.WriteLineAsync(
            arguments.Json ? JsonText.Indent(answer.Span) : TerminalText.Harmless(CronTable.Of(JsonNode.Parse(answer.Span)!["jobs"]!.AsArray(), context.Time.GetUtcNow()))).ConfigureAwait(false);
        return 0;
    }

    public async Task<int> AddAsync(CronJobWords words, bool disabled, CancellationToken cancellation)
    {
        var (job, wrong) = CronJobJson.New(words, disabled, context.Time.GetUtcNow());
        return job is null ? await context.FailAsync("Error: " + wrong).ConfigureAwait(false) : await PrintAsync("cron.add", job, cancellation).ConfigureAwait(false);
    }

    public async Task<int> EditAsync(string id, CronJobWords words, bool enable, bool disable, bool clearAgent, CancellationToken cancellation)
    {
        var (patch, wrong) = CronJobJson.Change(words, enable, disable, clearAgent, context.Time.GetUtcNow());
        return patch is null
            ? await context.FailAsync("Error: " + wrong).ConfigureAwait(false)
            : await PrintAsync("cron.update", new JsonObject { ["id"] = id, ["patch"] = patch }, cancellation).ConfigureAwait(false);
    }

    /// <summary>A job that nothing will begin should not be a surprise.</summary>
    private async Task WarnWhenOffAsync(CancellationToken cancellation)
    {
        if (await AskAsync("cron.status", [], cancellation).ConfigureAwait(false) is not { } status)
            return;
        var known = JsonNode.Parse(status.Span)!;
        if ((bool?)known["enabled"] == false)
            await context.Error.WriteLineAsync($"Jobs do not begin by themselves on this gateway.\nThe file of jobs is {known["storePath"]}.\nSet cron.enabled to true and leave OPENCLAW_SKIP_CRON unset to change that.").ConfigureAwait(false);
    }

    private async Task<ReadOnlyMemory<byte>?> AskAsync(string method, JsonObject parameters, CancellationToken cancellation)
    {
        if (arguments.TimeoutOr(usualTimeoutMs) is not { } timeout)
        {
            await context.FailAsync("Error: invalid --timeout: " + arguments.Timeout).ConfigureAwait(false);
            return null;
        }
        var route = await GatewayCaller.RouteAsync(context, arguments, cancellation).ConfigureAwait(false);
        var outcome = await GatewayCaller.CallAsync(context, route, method, Encoding.UTF8.GetBytes(parameters.ToJsonString()), timeout, arguments.ExpectFinal, cancellation).ConfigureAwait(false);
        if (outcome.Failure is null)
            return outcome.Response!.Payload;
        await outcome.Failure.ReportAsync(context, "Error: ").ConfigureAwait(false);
        return null;
    }
}
