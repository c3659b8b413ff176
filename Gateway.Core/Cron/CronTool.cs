using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Agents.Tools;
using OpenClaw.Gateway.Core.Http.Hooks;
using OpenClaw.Gateway.Core.Sessions.Keys;
using OpenClaw.Gateway.Protocol.Errors;

namespace OpenClaw.Gateway.Core.Cron;

/// <summary>Lets the model make reminders and jobs, and look after them.</summary>
internal sealed class CronTool(ToolContext context, CronJobs jobs, CronRuns runs, CronRunLog log, CronStore store, CronSettings settings, Lazy<HookIntake> wakes) : IAgentTool
{
    private const int MostRuns = 50;

    private static readonly JsonElement Schema = Schemas.Parse("""
        {
          "type": "object",
          "properties": {
            "action": { "type": "string", "enum": ["status", "list", "add", "update", "remove", "run", "runs", "wake"] },
            "includeDisabled": { "type": "boolean", "description": "list: also jobs that are switched off" },
            "job": { "type": "object", "description": "add: the job", "additionalProperties": true },
            "jobId": { "type": "string", "description": "update, remove, run, runs: the job's id" },
            "id": { "type": "string", "description": "The same as jobId" },
            "patch": { "type": "object", "description": "update: what is to change", "additionalProperties": true },
            "text": { "type": "string", "description": "wake: what the main session is told" },
            "mode": { "type": "string", "enum": ["now", "next-heartbeat"], "description": "wake: when" }
          },
          "required": ["action"]
        }
        """);

    public string Name => "cron";

    public string Description => """
        Reminders and jobs that run by the clock.
        add takes job = { name, schedule, payload, delivery?, sessionTarget? }.
        schedule: {"kind":"at","at":"2026-01-31T09:00:00Z"} once, {"kind":"every","everyMs":3600000}, or {"kind":"cron","expr":"0 9 * * 1-5","tz":"Europe/Berlin"}.
        payload: {"kind":"systemEvent","text":"…"} is a reminder in the main session; write it as you want to read it then, with what it is about.
        {"kind":"agentTurn","message":"…"} is a task in a session of its own; its answer is sent as delivery says: {"mode":"announce","channel":"last"} or {"mode":"none"}.
        update takes jobId and patch; run makes a job due now; runs shows how it ended; wake tells the main session something.
        """;

    public JsonElement Parameters => Schema;

    public string? Summarize(JsonObject arguments) => arguments.Text("action");

    public async Task<ToolResult> ExecuteAsync(ToolInvocation invocation, CancellationToken cancellationToken)
    {
        var arguments = invocation.Arguments;
        var id = arguments.Text("jobId") ?? arguments.Text("id");
        try
        {
            return arguments.Text("action") switch
            {
                "status" => await StatusAsync(cancellationToken).ConfigureAwait(false),
                "list" => ToolResult.FromJson(new JsonObject { ["jobs"] = new JsonArray([.. await jobs.ListAsync(arguments.Flag("includeDisabled") == true, cancellationToken).ConfigureAwait(false)]) }),
                "add" => await AddAsync(arguments, cancellationToken).ConfigureAwait(false),
                "update" when id is not null => await UpdateAsync(id, arguments, cancellationToken).ConfigureAwait(false),
                "remove" when id is not null => ToolResult.FromJson(new JsonObject { ["ok"] = true, ["removed"] = await jobs.RemoveAsync(id, cancellationToken).ConfigureAwait(false) }),
                "run" when id is not null => await RunAsync(id, cancellationToken).ConfigureAwait(false),
                "runs" when id is not null => ToolResult.FromJson(new JsonObject { ["entries"] = new JsonArray([.. await log.ReadAsync(id, MostRuns, cancellationToken).ConfigureAwait(false)]) }),
                "wake" => await WakeAsync(arguments, invocation).ConfigureAwait(false),
                "update" or "remove" or "run" or "runs" => ToolResult.FromError(Name, "jobId required"),
                _ => ToolResult.FromError(Name, "unknown action"),
            };
        }
        catch (CronStoreException e)
        {
            return ToolResult.FromError(Name, e.Message);
        }
    }

    private async Task<ToolResult> StatusAsync(CancellationToken cancellationToken)
    {
        var (count, next) = await jobs.SurveyAsync(cancellationToken).ConfigureAwait(false);
        return ToolResult.FromJson(new JsonObject { ["enabled"] = settings.IsEnabled, ["storePath"] = store.FilePath, ["jobs"] = count, ["nextWakeAtMs"] = settings.IsEnabled ? next : null });
    }

    private async Task<ToolResult> AddAsync(JsonObject arguments, CancellationToken cancellationToken)
    {
        if (arguments.Object("job") is not { } given)
            return ToolResult.FromError(Name, "job required");
        var job = CronInput.Job(given);
        // A job belongs to the agent that made it.
        if (SessionKeyRules.TryParse(context.Session.SessionKey, out var agentId, out _))
            job.TryAdd("agentId", agentId);
        return CronRules.Form("cron.add", job, isPatch: false) is { } wrong ? Refused(wrong) : Told(await jobs.AddAsync(job, cancellationToken).ConfigureAwait(false));
    }

    private async Task<ToolResult> UpdateAsync(string id, JsonObject arguments, CancellationToken cancellationToken)
    {
        if (arguments.Object("patch") is not { } given)
            return ToolResult.FromError(Name, "patch required");
        var patch = CronInput.Patch(given);
        return CronRules.Form("cron.update", patch, isPatch: true) is { } wrong ? Refused(wrong) : Told(await jobs.UpdateAsync(id, patch, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>It is not waited for: it may have to wait for this very run.</summary>
    private async Task<ToolResult> RunAsync(string id, CancellationToken cancellationToken) =>
        await runs.RequestAsync(id, cancellationToken).ConfigureAwait(false) is { } problem
            ? ToolResult.FromError(Name, problem)
            : ToolResult.FromJson(new JsonObject { ["ok"] = true, ["queued"] = true });

    private async Task<ToolResult> WakeAsync(JsonObject arguments, ToolInvocation invocation)
    {
        if (arguments.Text("text") is not { } text)
            return ToolResult.FromError(Name, "text required");
        var wake = new HookWake(text, arguments.Text("mode") != "next-heartbeat");
        return await wakes.Value.AcceptAsync(wake, $"{context.Request.RunId}-{invocation.ToolCallId}").ConfigureAwait(false) is { } problem
            ? ToolResult.FromError(Name, problem)
            : ToolResult.FromJson(new JsonObject { ["ok"] = true });
    }

    private ToolResult Told(CronChange change) => change.Error is { } error ? Refused(error) : ToolResult.FromJson(change.Job!);

    private ToolResult Refused(ErrorShape error) => ToolResult.FromError(Name, error.Message);
}

/// <summary>Gives the tool to runs.</summary>
internal sealed class CronTools(CronJobs jobs, CronRuns runs, CronRunLog log, CronStore store, CronSettings settings, Lazy<HookIntake> wakes) : IAgentToolSource
{
    public IEnumerable<IAgentTool> CreateTools(ToolContext context) => [new CronTool(context, jobs, runs, log, store, settings, wakes)];
}
