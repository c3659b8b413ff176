using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Cron;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Protocol.Errors;
using OpenClaw.Gateway.Protocol.Methods;

namespace OpenClaw.Gateway.Core.Methods.Cron;

/// <summary><c>cron.add</c>.</summary>
internal sealed class CronAddMethod(CronJobs jobs) : JsonMethod<JsonElement>(GatewayMethods.CronAdd)
{
    protected override async ValueTask<MethodResult<JsonObject>> RunAsync(JsonElement parameters, MethodContext context, CancellationToken cancellationToken)
    {
        if (CronInput.Parse(parameters) is not { } given)
            return ErrorShape.InvalidRequest("invalid cron.add params: must be object");
        var job = CronInput.Job(given);
        if (CronRules.Form("cron.add", job, isPatch: false) is { } wrong)
            return wrong;
        try
        {
            var added = await jobs.AddAsync(job, cancellationToken).ConfigureAwait(false);
            return added.Error is { } error ? error : added.Job!;
        }
        catch (CronStoreException e)
        {
            return CronMethods.Unusable(e);
        }
    }
}

/// <summary><c>cron.update</c>.</summary>
internal sealed class CronUpdateMethod(CronJobs jobs) : JsonMethod<JsonElement>(GatewayMethods.CronUpdate)
{
    protected override async ValueTask<MethodResult<JsonObject>> RunAsync(JsonElement parameters, MethodContext context, CancellationToken cancellationToken)
    {
        var patch = parameters.Find("patch") is { } given ? CronInput.Parse(given) : null;
        if (CronMethods.IdIn(parameters) is not { } id)
            return CronMethods.NoId("cron.update");
        if (patch is null)
            return ErrorShape.InvalidRequest("invalid cron.update params: must have required property 'patch'; must have required property 'jobId'; at root: unexpected property 'id'; must match a schema in anyOf");
        patch = CronInput.Patch(patch);
        if (CronRules.Form("cron.update", patch, isPatch: true) is { } wrong)
            return wrong;
        try
        {
            var updated = await jobs.UpdateAsync(id, patch, cancellationToken).ConfigureAwait(false);
            return updated.Error is { } error ? error : updated.Job!;
        }
        catch (CronStoreException e)
        {
            return CronMethods.Unusable(e);
        }
    }
}

/// <summary><c>cron.remove</c>.</summary>
internal sealed class CronRemoveMethod(CronJobs jobs) : JsonMethod<JsonElement>(GatewayMethods.CronRemove)
{
    protected override async ValueTask<MethodResult<JsonObject>> RunAsync(JsonElement parameters, MethodContext context, CancellationToken cancellationToken)
    {
        if (CronMethods.IdIn(parameters) is not { } id)
            return CronMethods.NoId("cron.remove");
        try
        {
            return new JsonObject { ["ok"] = true, ["removed"] = await jobs.RemoveAsync(id, cancellationToken).ConfigureAwait(false) };
        }
        catch (CronStoreException e)
        {
            return CronMethods.Unusable(e);
        }
    }
}

/// <summary><c>cron.run</c>: runs a job now, and answers when it has ended.</summary>
internal sealed class CronRunMethod(CronRuns runs, CronRunner runner) : JsonMethod<JsonElement>(GatewayMethods.CronRun)
{
    protected override async ValueTask<MethodResult<JsonObject>> RunAsync(JsonElement parameters, MethodContext context, CancellationToken cancellationToken)
    {
        if (CronMethods.IdIn(parameters) is not { } id)
            return CronMethods.NoId("cron.run");
        if (parameters.Find("mode") is { ValueKind: not JsonValueKind.Null } && parameters.Text("mode") is not ("due" or "force"))
            return ErrorShape.InvalidRequest("invalid cron.run params: at /mode: must be equal to constant; at /mode: must match a schema in anyOf");
        try
        {
            var start = await runs.BeginAsync(id, force: parameters.Text("mode") != "due", cancellationToken).ConfigureAwait(false);
            if (start.IsUnknown)
                return ErrorShape.Unavailable("Error: unknown cron job id: " + id);
            if (start.Run is not { } run)
                return new JsonObject { ["ok"] = true, ["ran"] = false, ["reason"] = start.Reason };
            // It goes on when the client leaves; the scheduler then sees it through to its end.
            await runner.RunAsync(run, cancellationToken).ConfigureAwait(false);
            return new JsonObject { ["ok"] = true, ["ran"] = true };
        }
        catch (CronStoreException e)
        {
            return CronMethods.Unusable(e);
        }
    }
}
