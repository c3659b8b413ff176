using OpenClaw.Channels.Telegram.Hosting;
using OpenClaw.ServiceDefaults.Health;
using OpenClaw.ServiceDefaults.Hosting;

return await HealthProbe.TryRunAsync(args, TimeProvider.System) ?? await ServiceRun.RunProcessAsync("Telegram channel", () => TelegramService.Build(args).RunServiceAsync());
