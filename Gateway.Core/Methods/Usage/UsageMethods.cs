using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Core.Methods.Sessions;
using OpenClaw.Gateway.Core.Sessions.Json;
using OpenClaw.Gateway.Core.Sessions.Usage;
using OpenClaw.Gateway.Protocol.Methods;

namespace OpenClaw.Gateway.Core.Methods.Usage;

/// <summary>Adds the methods about what models cost.</summary>
internal static class UsageMethods
{
    public static IServiceCollection AddUsageMethods(this IServiceCollection services)
    {
        services.AddSingleton<GatewayMethod, UsageStatusMethod>();
        services.AddSingleton<GatewayMethod, UsageCostMethod>();
        services.AddSingleton<GatewayMethod, SessionsUsageTimeSeriesMethod>();
        services.AddSingleton<GatewayMethod, SessionsUsageLogsMethod>();
        return services;
    }
}

/// <summary><c>usage.status</c>: limits of subscriptions. Models are reached by keys alone, which have none to tell.</summary>
internal sealed class UsageStatusMethod(TimeProvider time) : JsonMethod<JsonElement>(GatewayMethods.UsageStatus)
{
    protected override ValueTask<MethodResult<JsonObject>> RunAsync(JsonElement parameters, MethodContext context, CancellationToken cancellationToken) =>
        ValueTask.FromResult<MethodResult<JsonObject>>(new JsonObject { ["updatedAt"] = time.GetUtcNow().ToUnixTimeMilliseconds(), ["providers"] = new JsonArray() });
}

/// <summary><c>usage.cost</c>: tokens and costs per day.</summary>
internal sealed class UsageCostMethod(CostUsage usage) : GatewayMethod<JsonElement>(GatewayMethods.UsageCost)
{
    protected override async ValueTask<MethodReply> HandleAsync(JsonElement parameters, MethodContext context, CancellationToken cancellationToken)
    {
        var days = parameters.Whole("days") ?? (long.TryParse(parameters.Text("days"), out var written) ? written : null);
        var result = await usage.ReadAsync(parameters.Text("startDate"), parameters.Text("endDate"), days, cancellationToken).ConfigureAwait(false);
        return SessionReplies.Of(result, SessionsJson.Context.CostUsageResult);
    }
}

/// <summary><c>sessions.usage.timeseries</c>.</summary>
internal sealed class SessionsUsageTimeSeriesMethod(SessionUsageDetails details) : GatewayMethod<JsonElement>(GatewayMethods.SessionsUsageTimeSeries)
{
    protected override async ValueTask<MethodReply> HandleAsync(JsonElement parameters, MethodContext context, CancellationToken cancellationToken) =>
        SessionReplies.Of(await details.TimeSeriesAsync(parameters.Text("key"), cancellationToken).ConfigureAwait(false), SessionsJson.Context.UsageTimeSeries);
}

/// <summary><c>sessions.usage.logs</c>.</summary>
internal sealed class SessionsUsageLogsMethod(SessionUsageDetails details) : GatewayMethod<JsonElement>(GatewayMethods.SessionsUsageLogs)
{
    protected override async ValueTask<MethodReply> HandleAsync(JsonElement parameters, MethodContext context, CancellationToken cancellationToken) =>
        SessionReplies.Of(await details.LogsAsync(parameters.Text("key"), parameters.Whole("limit"), cancellationToken).ConfigureAwait(false), SessionsJson.Context.UsageLogs);
}
