using OpenClaw.Gateway.Core.Services;

return await CoreService.RunAsync(args, ProcessInputs.Read());
