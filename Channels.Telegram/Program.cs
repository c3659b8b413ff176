using OpenClaw.Channels.Telegram.Hosting;
using OpenClaw.ServiceDefaults.Health;
using OpenClaw.ServiceDefaults.Hosting;

if (await HealthProbe.TryRunAsync(args, TimeProvider.System) is { } probed)
    return probed;
return await TelegramService.Build(args).RunServiceAsync();
