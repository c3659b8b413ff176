using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Edge.Hosting;
using OpenClaw.ServiceDefaults.Hosting;
using OpenClaw.ServiceDefaults.Trust;

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

    /// <summary>Starts both.</summary>
    /// <param name="answer">What the core answers, to everything but probes.</param>
    /// <param name="coreSecret">The core's secret; null for none.</param>
    /// <param name="edgeSecret">The edge's secret; null for none.</param>
    /// <param name="moreCores">Addresses of other cores, in front of this one.</param>
    /// <param name="edgeArguments">More settings of the edge.</param>
    /// <param name="probed">What the core does when it is probed.</param>
    public static async Task<EdgeInFront> StartAsync(
        RequestDelegate answer, string? coreSecret = Secret, string? edgeSecret = Secret, IReadOnlyList<Uri>? moreCores = null, RequestDelegate? probed = null,
        params string[] edgeArguments)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(ServiceSecret.From(new ConfigurationBuilder().AddInMemoryCollection([new(ServiceSecret.Variable, coreSecret)]).Build()));
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Harden());
        var core = builder.Build();
        core.Urls.Add("http://127.0.0.1:0");
        core.UseServiceTrust();
        core.UseWebSockets();
        core.Run(context => context.Request.Path == "/healthz" ? probed?.Invoke(context) ?? Task.CompletedTask : answer(context));
        await core.StartAsync();
        var cores = (moreCores ?? []).Append(AddressOf(core)).SelectMany(static (address, number) => (string[])[$"--services:core:http:{number}", address.ToString()]);
        var edge = EdgeService.Build(["--urls", "http://127.0.0.1:0", .. cores, .. edgeSecret is null ? (string[])[] : ["--" + ServiceSecret.Variable, edgeSecret], .. edgeArguments]);
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
