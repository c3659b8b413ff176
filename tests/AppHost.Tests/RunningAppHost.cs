using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Fakes.OpenAi;
using OpenClaw.Gateway.Client.Connections;
using OpenClaw.Gateway.Client.Errors;
using OpenClaw.Testing;
using TempDirectory = OpenClaw.Testing.TempDirectory;

namespace OpenClaw.AppHost.Tests;

/// <summary>The whole app model, run by Aspire: Redis, the core, the edge, and a model that is a fake. No dashboard.</summary>
public sealed class RunningAppHost : IAsyncLifetime
{
    public const string Token = "a-token-for-the-tests-of-the-apphost";

    /// <summary>Four programs start one after the other, each through `dotnet run`.</summary>
    private static readonly TimeSpan StartTimeout = TestTimeouts.Wait * 4;

    private readonly TempDirectory _state = new();
    private FakeModelServer? _model;
    private DistributedApplication? _app;

    public DistributedApplication App => _app ?? throw new InvalidOperationException("Not started.");

    public FakeModelServer Model => _model ?? throw new InvalidOperationException("Not started.");

    public Uri EdgeUri => App.GetEndpoint("edge", "http");

    public bool RedisIsAProgram { get; } = RedisServer.Missing is null;

    /// <summary>Arguments that keep a run to itself: nothing of the user's is read, and nothing is kept.</summary>
    public static string[] Arguments(string stateDirectory, params string[] more) =>
    [
        $"--Parameters:state={stateDirectory}", $"--Parameters:gateway-token={Token}", "--Parameters:redis-password=a-password-for-redis",
        .. RedisServer.Missing is null ? ["--Parameters:redis=program"] : Array.Empty<string>(), .. more,
    ];

    public async Task InitializeAsync()
    {
        _model = await FakeModelServer.StartAsync();
        await File.WriteAllTextAsync(_state["openclaw.json"], $$"""
            {
              gateway: { mode: "local" },
              models: { providers: { fake: { baseUrl: "{{_model.OpenAiBaseUrl}}", apiKey: "k", api: "openai-completions", models: [{ id: "m", name: "m" }] } } },
              agents: { defaults: { model: { primary: "fake/m" } } },
            }
            """);
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(Arguments(_state.Path));
        _app = await builder.BuildAsync();
        using var patience = new CancellationTokenSource(StartTimeout);
        await _app.StartAsync(patience.Token);
        await HealthyAsync("edge");
    }

    public async Task HealthyAsync(string resource)
    {
        using var patience = new CancellationTokenSource(StartTimeout);
        try
        {
            await App.ResourceNotifications.WaitForResourceHealthyAsync(resource, WaitBehavior.StopOnResourceUnavailable, patience.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"{resource} did not become healthy: {await DescribeAsync(resource)}");
        }
    }

    private async Task<string> DescribeAsync(string resource)
    {
        var state = App.ResourceNotifications.TryGetCurrentState(resource, out var at) ? $"{at.Snapshot.State?.Text}, exit code {at.Snapshot.ExitCode}" : "unknown";
        if (resource is "redis")
            return state;
        try
        {
            using var http = new HttpClient { BaseAddress = App.GetEndpoint(resource, "http"), Timeout = TestTimeouts.Wait };
            using var answer = await http.GetAsync(new Uri("/readyz", UriKind.Relative));
            return $"{state}; {await answer.Content.ReadAsStringAsync()}";
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException)
        {
            return $"{state}; {failure.Message}";
        }
    }

    /// <summary>Waits until a resource is as it should be.</summary>
    public async Task UntilAsync(string resource, Func<ResourceEvent, bool> condition)
    {
        using var patience = new CancellationTokenSource(StartTimeout);
        await App.ResourceNotifications.WaitForResourceAsync(resource, condition, patience.Token);
    }

    /// <summary>Runs a command as the dashboard does.</summary>
    public async Task<ExecuteCommandResult> CommandAsync(string resource, string command)
    {
        using var patience = new CancellationTokenSource(StartTimeout);
        return await App.Services.GetRequiredService<ResourceCommandService>().ExecuteCommandAsync(resource, command, patience.Token);
    }

    /// <summary>A client of the gateway, through the edge. As clients do, it tries again while a service is away.</summary>
    public async Task<GatewayConnection> ConnectAsync()
    {
        var options = new GatewayConnectionOptions { Url = new UriBuilder(EdgeUri) { Scheme = "ws" }.Uri, Token = Token, TokenIsExplicit = true };
        using var patience = new CancellationTokenSource(StartTimeout);
        while (true)
        {
            try
            {
                return await GatewayConnection.OpenAsync(options, cancellationToken: patience.Token);
            }
            catch (GatewayException) when (!patience.IsCancellationRequested)
            {
                // Not in a hurry, and not forever.
                await Task.Delay(100, patience.Token);
            }
        }
    }

    public async Task DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
        if (_model is not null)
            await _model.DisposeAsync();
        _state.Dispose();
    }
}
