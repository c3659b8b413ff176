using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.ServiceDefaults.Answers;
using OpenClaw.ServiceDefaults.Health;

namespace OpenClaw.ServiceDefaults.Tests.Health;

public sealed class HealthEndpointsTests
{
    [Fact]
    public async Task Ready_WithAReason_Answers503WithIt_AndLiveStays200()
    {
        var check = new Check { Reason = "Redis is away." };
        await using var app = await StartAsync(check);
        using var http = new HttpClient { BaseAddress = AddressOf(app) };

        using var ready = await http.GetAsync(new Uri("/readyz", UriKind.Relative));
        using var live = await http.GetAsync(new Uri("/healthz", UriKind.Relative));
        check.Reason = null;
        using var healed = await http.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/readyz"));
        using var posted = await http.PostAsync(new Uri("/readyz", UriKind.Relative), null);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Equal("""{"ready":false,"reasons":["Redis is away."]}""", await ready.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        Assert.Equal(HttpStatusCode.OK, healed.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, posted.StatusCode);
    }

    private static async Task<WebApplication> StartAsync(Check check)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddSingleton<IReadinessCheck>(check);
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.UseServiceHealth();
        app.Run(JsonAnswers.NotFoundAsync);
        await app.StartAsync();
        return app;
    }

    private static Uri AddressOf(WebApplication app) => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    private sealed class Check : IReadinessCheck
    {
        public string? Reason { get; set; }

        public IEnumerable<string> Reasons() => Reason is null ? [] : [Reason];
    }
}
