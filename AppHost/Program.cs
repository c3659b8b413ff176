using OpenClaw.AppHost.Deployment;
using OpenClaw.AppHost.Redis;
using OpenClaw.AppHost.Services;

var builder = DistributedApplication.CreateBuilder(args);
var settings = AppHostSettings.From(builder.Configuration);

// Secrets. Each is made here unless it is given, e.g. with `dotnet user-secrets set Parameters:gateway-token …`.
var token = builder.AddSecret("gateway-token", keep: true);
var serviceSecret = builder.AddSecret("service-secret", keep: false);

// Infrastructure: what the processes share.
var redis = builder.AddGatewayRedis("redis", settings);

// Services: behind the edge, reached by nobody else.
var core = builder.AddProject<Projects.Gateway_Core>("core")
    .WithArgs("--allow-unconfigured")
    .WithServiceEndpoint()
    .WithReference(redis).WaitFor(redis)
    .WithEnvironment("OPENCLAW_SERVICE_SECRET", serviceSecret)
    .WithEnvironment("OPENCLAW_GATEWAY_TOKEN", token)
    .WithModelKeys("ANTHROPIC_API_KEY", "OPENAI_API_KEY", "GEMINI_API_KEY", "OPENROUTER_API_KEY")
    .WithState(settings.StateDirectory)
    .WithReplicas(settings.Cores)
    .WithReadinessCommand();

// Channels: each account belongs to one process at a time, whatever their number.
var telegram = builder.AddProject<Projects.Channels_Telegram>("telegram")
    .WithServiceEndpoint()
    .WithReference(redis).WaitFor(redis)
    .WithEnvironment("OPENCLAW_SERVICE_SECRET", serviceSecret)
    .WithReadinessCommand();

// Edge: the one public port.
var edge = builder.AddProject<Projects.Gateway_Edge>("edge")
    .WithServiceEndpoint(settings.Port).WithExternalHttpEndpoints()
    .WithReference(redis).WaitFor(redis)
    .WithReference(core).WaitFor(core)
    .WithEnvironment("OPENCLAW_SERVICE_SECRET", serviceSecret)
    .WithReadinessCommand()
    .WithControlUiCommand(token);

builder.AddDeployment(settings, redis, core, telegram, edge);
builder.Build().Run();
