using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using OpenClaw.Gateway.Edge.ControlUi;
using OpenClaw.Gateway.Edge.Limits;
using OpenClaw.Gateway.Edge.Settings;
using OpenClaw.ServiceDefaults.Answers;
using OpenClaw.ServiceDefaults.Health;

namespace OpenClaw.Gateway.Edge.Hosting;

/// <summary>The public surface around the gateway's core, the same whether the core is in this process or behind the edge.</summary>
public static class GatewayEdgeExtensions
{
    /// <summary>Only our own scripts and styles, no framing, and connections to nowhere but this server.</summary>
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Adds the public surface. It takes its settings from the core, over the bus.</summary>
    /// <param name="builder">The host.</param>
    public static IHostApplicationBuilder AddGatewayEdge(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<EdgeSettingsStore>();
        services.AddSingleton<IReadinessCheck>(provider => provider.GetRequiredService<EdgeSettingsStore>());
        services.AddHostedService<EdgeSettingsWatch>();
        return builder;
    }

    /// <summary>Adds security headers to every answer, and limits to every request. Comes before whatever serves requests.</summary>
    /// <param name="app">The pipeline.</param>
    public static WebApplication UseGatewayEdge(this WebApplication app)
    {
        var limits = new RequestLimits(SettingsOf(app));
        app.Use((context, next) =>
        {
            var headers = context.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            headers.ContentSecurityPolicy = ContentSecurityPolicy;
            headers["Referrer-Policy"] = "no-referrer";
            return next(context);
        });
        app.Use(static next => context => RequestShape.InvokeAsync(context, next));
        app.Use(next => context => limits.InvokeAsync(context, next));
        return app;
    }

    /// <summary>Serves the web page, and a JSON answer for every path that nobody serves. Comes last.</summary>
    /// <param name="app">The pipeline.</param>
    public static WebApplication MapGatewayEdge(this WebApplication app)
    {
        var page = new ControlUiMiddleware(new ControlUiAssets(), SettingsOf(app));
        var gate = ActivatorUtilities.CreateInstance<SettingsGate>(app.Services);
        app.Use(next => context => gate.InvokeAsync(context, next));
        app.Use(next => context => page.InvokeAsync(context, next));
        app.Run(JsonAnswers.NotFoundAsync);
        return app;
    }

    private static EdgeSettingsStore SettingsOf(WebApplication app) =>
        app.Services.GetService<EdgeSettingsStore>() ?? throw new InvalidOperationException("Call AddGatewayEdge first.");
}
