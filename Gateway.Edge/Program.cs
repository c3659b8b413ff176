using OpenClaw.Gateway.Edge.Hosting;
using OpenClaw.ServiceDefaults.Health;
using OpenClaw.ServiceDefaults.Hosting;

if (await HealthProbe.TryRunAsync(args, TimeProvider.System) is { } probed)
    return probed;
return await EdgeService.Build(args).RunServiceAsync();
