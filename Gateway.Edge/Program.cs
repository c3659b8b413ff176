using OpenClaw.Gateway.Edge.Hosting;
using OpenClaw.ServiceDefaults.Health;

if (await HealthProbe.TryRunAsync(args, TimeProvider.System) is { } probed)
    return probed;
await EdgeService.Build(args).RunAsync();
return 0;
