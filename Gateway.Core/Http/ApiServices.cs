using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Gateway.Core.Egress;
using OpenClaw.Gateway.Core.Http.ChatCompletions;
using OpenClaw.Gateway.Core.Http.Hooks;
using OpenClaw.Gateway.Core.Http.Models;
using OpenClaw.Gateway.Core.Http.OpenApi;
using OpenClaw.Gateway.Core.Http.Requests;
using OpenClaw.Gateway.Core.Http.Responses;
using OpenClaw.Gateway.Core.Http.Runs;
using OpenClaw.Gateway.Core.Http.ToolsInvoke;
using OpenClaw.ServiceDefaults.Answers;

namespace OpenClaw.Gateway.Core.Http;

internal static class ApiServices
{
    /// <summary>Adds the HTTP API: everything that is asked for by a request, and not over a WebSocket.</summary>
    public static IServiceCollection AddHttpApi(this IServiceCollection services)
    {
        services.AddEgress();
        services.AddSingleton<ApiAuth>();
        services.AddSingleton(static _ => new BodyBudget());
        services.AddSingleton<ApiBody>();
        services.AddSingleton<UnreadBody>();
        services.AddSingleton<ImageParts>();
        services.AddSingleton<FileParts>();
        services.AddSingleton<ApiTarget>();
        services.AddSingleton<ContextRoom>();
        services.AddSingleton<ApiRuns>();
        services.AddSingleton<CrossOrigin>();
        services.AddSingleton<ApiPipeline>();
        services.AddSingleton<IApiEndpoint, ChatCompletionsEndpoint>();
        services.AddSingleton<IApiEndpoint, ModelsEndpoint>();
        services.AddSingleton<IApiEndpoint, ResponsesEndpoint>();
        services.AddSingleton<IApiEndpoint, ToolsInvokeEndpoint>();
        services.AddSingleton<IApiEndpoint, HooksEndpoint>();
        services.AddSingleton<IApiEndpoint, OpenApiEndpoint>();
        services.AddSingleton<HookIntake>();
        services.AddSingleton<HookReceipts>();
        services.AddSingleton<HookRate>();
        services.AddSingleton<HookRunWatch>();
        services.AddSingleton<IRunObserver>(static provider => provider.GetRequiredService<HookRunWatch>());
        services.AddHostedService<HookFollowUps>();
        return services;
    }

    /// <summary>Serves the API; what is not part of it passes on, except for paths below <c>/v1</c>, which are nobody else's.</summary>
    public static void UseHttpApi(this WebApplication app)
    {
        var pipeline = app.Services.GetRequiredService<ApiPipeline>();
        app.Use(next => context => pipeline.InvokeAsync(context, context.Request.Path.StartsWithSegments("/v1", StringComparison.Ordinal) ? JsonAnswers.NotFoundAsync : next));
    }
}
