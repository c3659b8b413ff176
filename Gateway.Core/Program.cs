using OpenClaw.Gateway.Core.Services;
using OpenClaw.ServiceDefaults.Health;

return await HealthProbe.TryRunAsync(args, TimeProvider.System) ?? await CoreService.RunAsync(args, ProcessInputs.Read());
