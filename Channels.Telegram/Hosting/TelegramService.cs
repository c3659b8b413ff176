using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Gateway.Bus.Hosting;
using OpenClaw.ServiceDefaults.Answers;
using OpenClaw.ServiceDefaults.Health;
using OpenClaw.ServiceDefaults.Hosting;

namespace OpenClaw.Channels.Telegram.Hosting;

/// <summary>The channel as a process of its own, beside a core on the same bus.</summary>
internal static class TelegramService
{
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.AddServiceDefaults("telegram");
        builder.AddGatewayBus(Path.Combine(Path.GetTempPath(), "openclaw-telegram"));
        builder.AddTelegramChannel(builder.Configuration["OPENCLAW_STATE_DIR"]);
        builder.Services.AddSingleton<IReadinessCheck, BusReadiness>();

        var app = builder.Build();
        app.UseServiceHealth();
        app.Run(JsonAnswers.NotFoundAsync);
        return app;
    }
}
