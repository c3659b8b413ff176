using OpenClaw.Gateway.Core.Services;
using OpenClaw.ServiceDefaults.Health;
using OpenClaw.ServiceDefaults.Hosting;

return await HealthProbe.TryRunAsync(args, TimeProvider.System) ?? await ServiceRun.RunProcessAsync("core", () => CoreService.RunAsync(args, ProcessInputs.Read()));
