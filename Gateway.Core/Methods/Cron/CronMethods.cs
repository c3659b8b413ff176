using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Gateway.Core.Cron;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Protocol.Errors;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Cron;
using OpenClaw.Gateway.Protocol.Methods.Status;

namespace OpenClaw.Gateway.Core.Methods.Cron;

/// <summary>Adds the methods that show schedules. Those that change or run them are not served: nothing would run them.</summary>
internal static class CronMethods
{
    public static IServiceCollection AddCronMethods(this IServiceCollection services)
    {
        services.AddSingleton<CronFiles>();
        services.AddSingleton<GatewayMethod, CronListMethod>();
        services.AddSingleton<GatewayMethod, CronStatusMethod>();
        services.AddSingleton<GatewayMethod, CronRunsMethod>();
        return services;
    }
}

/// <summary><c>cron.list</c>.</summary>
internal sealed class CronListMethod(CronFiles files) : JsonMethod<CronListParams>(GatewayMethods.CronList)
{
    protected override async ValueTask<MethodResult<JsonObject>> RunAsync(CronListParams parameters, MethodContext context, CancellationToken cancellationToken)
    {
        var jobs = (await files.JobsAsync(cancellationToken).ConfigureAwait(false))
            .Where(job => parameters.IncludeDisabled == true || CronFiles.IsEnabled(job))
            .Skip((int)Math.Min(parameters.Offset ?? 0, int.MaxValue))
            .Take((int)Math.Min(parameters.Limit ?? int.MaxValue, int.MaxValue));
        return new JsonObject { ["jobs"] = new JsonArray([.. jobs.Select(static job => job.DeepClone())]) };
    }
}

/// <summary><c>cron.status</c>: the scheduler is off.</summary>
internal sealed class CronStatusMethod(CronFiles files) : JsonMethod<EmptyParams>(GatewayMethods.CronStatus)
{
    protected override async ValueTask<MethodResult<JsonObject>> RunAsync(EmptyParams parameters, MethodContext context, CancellationToken cancellationToken) => new JsonObject
    {
        ["enabled"] = false,
        ["storePath"] = files.StorePath,
        ["jobs"] = (await files.JobsAsync(cancellationToken).ConfigureAwait(false)).Count,
        ["nextWakeAtMs"] = null,
    };
}

/// <summary><c>cron.runs</c>.</summary>
internal sealed class CronRunsMethod(CronFiles files) : JsonMethod<JsonElement>(GatewayMethods.CronRuns)
{
    private const long DefaultLimit = 200;
    private const long MaxLimit = 5000;

    protected override async ValueTask<MethodResult<JsonObject>> RunAsync(JsonElement parameters, MethodContext context, CancellationToken cancellationToken)
    {
        if ((parameters.Text("id") ?? parameters.Text("jobId")) is not { } id)
            return ErrorShape.InvalidRequest("invalid cron.runs params: must have required property 'id'; must have required property 'jobId'; must match a schema in anyOf");
        var limit = Math.Clamp(parameters.Whole("limit") ?? DefaultLimit, 1, MaxLimit);
        var runs = await files.RunsAsync(id, (int)limit, cancellationToken).ConfigureAwait(false);
        return new JsonObject { ["entries"] = new JsonArray([.. runs]) };
    }
}
