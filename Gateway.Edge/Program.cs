using OpenClaw.Gateway.Edge.Hosting;
using OpenClaw.ServiceDefaults.Health;
using OpenClaw.ServiceDefaults.Hosting;

return await HealthProbe.TryRunAsync(args, TimeProvider.System) ?? await ServiceRun.RunProcessAsync("edge", () => EdgeService.Build(args).RunServiceAsync());
