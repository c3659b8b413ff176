using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Aspire.Hosting.ApplicationModel;
using OpenClaw.Gateway.Client.Connections;
using OpenClaw.Testing;

namespace OpenClaw.AppHost.Tests;

/// <summary>What a developer has after `dotnet run --project AppHost`.</summary>
public sealed class AppHostTests(RunningAppHost host) : IClassFixture<RunningAppHost>
{
    [Fact]
    public async Task Http_GoesThroughTheEdge()
    {
        using var http = new HttpClient { BaseAddress = host.EdgeUri };

        Assert.Equal("""{"ready":true}""", await http.GetStringAsync(new Uri("/readyz", UriKind.Relative)));
        using var page = await http.GetAsync(new Uri("/", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task AgentTurn_GoesThroughTheEdge_ToTheModelAndBack()
    {
        await using var connection = await host.ConnectAsync();

        await AskAsync(connection, "first");

        Assert.Contains(host.Model.Requests, static request => request.LastUserText.Contains("first", StringComparison.Ordinal));
    }

    [Fact]
    public async Task RestartCommand_GivesACoreThatTakesMessages()
    {
        var result = await host.CommandAsync("core", "restart");
        await host.HealthyAsync("core");
        await host.HealthyAsync("edge");
        await using var connection = await host.ConnectAsync();

        await AskAsync(connection, "after-the-restart");

        Assert.True(result.Success, result.Message);
    }

    [Fact]
    public async Task ReadinessCommand_ShowsWhatTheServiceSays()
    {
        var result = await host.CommandAsync("edge", Services.ServiceCommands.Readiness);

        Assert.True(result.Success, result.Message);
        Assert.Equal("""{"ready":true}""", result.Data?.Value);
    }

    [Fact]
    public async Task ControlUiCommand_ShowsALinkThatSignsIn()
    {
        var result = await host.CommandAsync("edge", Services.ServiceCommands.ControlUi);

        Assert.True(result.Success, result.Message);
        Assert.Contains($"({host.EdgeUri.GetLeftPart(UriPartial.Authority)}/#token={RunningAppHost.Token})", result.Data?.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RedisProgramThatDies_IsShownAsEnded_AndTheStartCommandHeals()
    {
        if (!host.RedisIsAProgram)
            return;
        await host.UntilAsync("redis", static at => at.Snapshot.Properties.Any(static property => property.Name == "executable.pid"));
        Assert.True(host.App.ResourceNotifications.TryGetCurrentState("redis", out var running));
        var pid = Convert.ToInt32(running.Snapshot.Properties.Single(static property => property.Name == "executable.pid").Value, System.Globalization.CultureInfo.InvariantCulture);

        using (var redis = System.Diagnostics.Process.GetProcessById(pid))
            redis.Kill();

        await host.UntilAsync("redis", static at => KnownResourceStates.TerminalStates.Contains(at.Snapshot.State?.Text));
        await host.UntilAsync("core", static at => at.Snapshot.HealthStatus is not Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Healthy);
        Assert.True((await host.CommandAsync("redis", "start")).Success);
        await host.HealthyAsync("redis");
        await host.HealthyAsync("core");
        await host.HealthyAsync("edge");
        await using var connection = await host.ConnectAsync();
        await AskAsync(connection, "after-redis-came-back");
    }

    private static async Task AskAsync(GatewayConnection connection, string id)
    {
        var message = Bytes(new JsonObject { ["sessionKey"] = "main", ["message"] = id, ["idempotencyKey"] = id });
        var sent = await connection.RequestAsync("chat.send", message);
        for (var attempt = 0; attempt < 100 && sent.Error is { Retryable: true }; attempt++)
        {
            // As the error asks for.
            await Task.Delay(100);
            sent = await connection.RequestAsync("chat.send", message);
        }
        Assert.True(sent.Ok, sent.ToString());
        var done = await connection.RequestAsync("agent.wait", Bytes(new JsonObject { ["runId"] = id, ["timeoutMs"] = (long)TestTimeouts.Wait.TotalMilliseconds / 2 }));
        Assert.True(done.Ok, done.ToString());
        Assert.Contains("\"ok\"", Encoding.UTF8.GetString(done.Payload.Span), StringComparison.Ordinal);
    }

    private static byte[] Bytes(JsonObject value) => Encoding.UTF8.GetBytes(value.ToJsonString());
}
