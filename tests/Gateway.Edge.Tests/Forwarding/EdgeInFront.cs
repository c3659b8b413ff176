using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Edge.Hosting;

namespace OpenClaw.Gateway.Edge.Tests.Forwarding;

/// <summary>A real edge in front of a core that the test plays.</summary>
internal sealed class EdgeInFront : IAsyncDisposable
{
    public const string Secret = "0123456789abcdef0123456789abcdef";

    private readonly WebApplication _core;
    private readonly WebApplication _edge;

    private EdgeInFront(WebApplication core, WebApplication edge) => (_core, _edge) = (core, edge);

    public Uri Address => AddressOf(_edge);

    public IServiceProvider Services => _edge.Services;

    public HttpClient Http { get; } = new();

    public static async Task<EdgeInFront> StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var core = builder.Build();
        core.Urls.Add("http://127.0.0.1:0");
        core.Run(context => context.Request.Path == "/healthz" ? Task.CompletedTask : answer(context));
        await core.StartAsync();
        var edge = EdgeService.Build(["--urls", "http://127.0.0.1:0", "--services:core:http:0", AddressOf(core).ToString(), "--OPENCLAW_SERVICE_SECRET", Secret]);
        await edge.StartAsync();
        return new EdgeInFront(core, edge);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _edge.DisposeAsync();
        await _core.DisposeAsync();
    }

    private static Uri AddressOf(WebApplication app) => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
}
