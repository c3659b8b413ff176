using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Gateway.Bus.Hosting;
using OpenClaw.ServiceDefaults.Answers;
using OpenClaw.ServiceDefaults.Health;
using OpenClaw.ServiceDefaults.Hosting;
using OpenClaw.ServiceDefaults.Trust;

namespace OpenClaw.Channels.Telegram.Hosting;

/// <summary>The channel as a process of its own, beside a core on the same bus.</summary>
internal static class TelegramService
{
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.AddServiceDefaults("telegram");
        if (builder.Configuration.GetConnectionString(GatewayBusExtensions.ConnectionName) is not { Length: > 0 })
            throw new InvalidOperationException("A channel as a process of its own meets its core on Redis: set ConnectionStrings__redis.");
        builder.AddGatewayBus(Path.GetTempPath(), ServiceSecret.From(builder.Configuration).Membership);
        builder.AddTelegramChannel(builder.Configuration["OPENCLAW_STATE_DIR"]);
        builder.Services.AddSingleton<IReadinessCheck, BusReadiness>();

        var app = builder.Build();
        app.UseServiceHealth();
        app.Run(JsonAnswers.NotFoundAsync);
        return app;
    }
}
