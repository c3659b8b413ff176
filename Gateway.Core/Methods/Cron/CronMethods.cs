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

/// <summary>Adds the methods for jobs that run by the clock.</summary>
internal static class CronMethods
{
    public static IServiceCollection AddCronMethods(this IServiceCollection services)
    {
        services.AddSingleton<GatewayMethod, CronListMethod>();
        services.AddSingleton<GatewayMethod, CronStatusMethod>();
        services.AddSingleton<GatewayMethod, CronRunsMethod>();
        services.AddSingleton<GatewayMethod, CronAddMethod>();
        services.AddSingleton<GatewayMethod, CronUpdateMethod>();
        services.AddSingleton<GatewayMethod, CronRemoveMethod>();
        services.AddSingleton<GatewayMethod, CronRunMethod>();
        return services;
    }

    /// <summary>The id of a job, under either of its names.</summary>
    public static string? IdIn(JsonElement parameters) => parameters.Text("id") ?? parameters.Text("jobId");

    public static ErrorShape NoId(string method) =>
        ErrorShape.InvalidRequest($"invalid {method} params: must have required property 'id'; must have required property 'jobId'; must match a schema in anyOf");

    public static ErrorShape Unusable(CronStoreException e) => ErrorShape.Unavailable("Error: " + e.Message);
}

/// <summary><c>cron.list</c>.</summary>
internal sealed class CronListMethod(CronJobs jobs) : JsonMethod<CronListParams>(GatewayMethods.CronList)
{
    protected override async ValueTask<MethodResult<JsonObject>> RunAsync(CronListParams parameters, MethodContext context, CancellationToken cancellationToken)
    {
        try
        {
            var all = await jobs.ListAsync(parameters.IncludeDisabled == true, cancellationToken).ConfigureAwait(false);
            var page = all.Skip((int)Math.Min(parameters.Offset ?? 0, int.MaxValue)).Take((int)Math.Min(parameters.Limit ?? int.MaxValue, int.MaxValue));
            return new JsonObject { ["jobs"] = new JsonArray([.. page]) };
        }
        catch (CronStoreException e)
        {
            return CronMethods.Unusable(e);
        }
    }
}

/// <summary><c>cron.status</c>.</summary>
internal sealed class CronStatusMethod(CronJobs jobs, CronStore store, CronSettings settings) : JsonMethod<EmptyParams>(GatewayMethods.CronStatus)
{
    protected override async ValueTask<MethodResult<JsonObject>> RunAsync(EmptyParams parameters, MethodContext context, CancellationToken cancellationToken)
    {
        try
        {
            var (count, next) = await jobs.SurveyAsync(cancellationToken).ConfigureAwait(false);
            return new JsonObject { ["enabled"] = settings.IsEnabled, ["storePath"] = store.FilePath, ["jobs"] = count, ["nextWakeAtMs"] = settings.IsEnabled ? next : null };
        }
        catch (CronStoreException e)
        {
            return CronMethods.Unusable(e);
        }
    }
}

/// <summary><c>cron.runs</c>.</summary>
internal sealed class CronRunsMethod(CronRunLog log) : JsonMethod<JsonElement>(GatewayMethods.CronRuns)
{
    private const long DefaultLimit = 200;
    private const long MaxLimit = 5000;

    protected override async ValueTask<MethodResult<JsonObject>> RunAsync(JsonElement parameters, MethodContext context, CancellationToken cancellationToken)
    {
        if (CronMethods.IdIn(parameters) is not { } id)
            return CronMethods.NoId("cron.runs");
        var limit = Math.Clamp(parameters.Whole("limit") ?? DefaultLimit, 1, MaxLimit);
        var runs = await log.ReadAsync(id, (int)limit, cancellationToken).ConfigureAwait(false);
        return new JsonObject { ["entries"] = new JsonArray([.. runs]) };
    }
}
