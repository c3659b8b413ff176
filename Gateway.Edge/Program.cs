using OpenClaw.Gateway.Edge.Hosting;

await EdgeService.Build(args).RunAsync();
