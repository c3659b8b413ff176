using System.Globalization;
using System.Text.Json.Nodes;
using OpenClaw.Testing;
using Xunit.Abstractions;

namespace OpenClaw.EndToEnd.Tests.Chaos;

/// <summary>
/// Services killed in turn, and Redis away, under traffic: no accepted message is lost, none is answered twice, and clients that try again get
/// through. <c>KILL_ROUNDS</c> and <c>OUTAGE_SECONDS</c> make the short forms long, <c>STOP_ROUNDS</c> and <c>HTTP_CLIENTS</c> add cores that stand still and programs
/// that use HTTP; <c>eng/chaos</c> runs those.
/// </summary>
public sealed class ChaosTests(ITestOutputHelper output) : IDisposable
{
    /// <summary>How long a client tries before it counts as hung.</summary>
    public static readonly TimeSpan Patience = TestTimeouts.Wait + TimeSpan.FromSeconds(Number("OUTAGE_SECONDS", 5));

    private const int Clients = 4;
    private const int Sessions = 2;

    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [DistributedFact]
    public async Task KillEachServiceInTurn_UnderTraffic_NothingIsLostOrAnsweredTwice()
    {
        await using var gateway = await ChaosGateway.StartAsync();
        using var log = new ChaosLog(_directory["kills.jsonl"]);
        using var stop = new CancellationTokenSource();
        var clients = StartClients(gateway, log);
        var traffic = Task.WhenAll(clients.Select(client => client.RunAsync(stop.Token)));
        var random = new Random(20261121);
        var programs = Enumerable.Range(0, Number("HTTP_CLIENTS", 0)).Select(n => new ChaosHttpClient($"h{n}", gateway.EdgeUri, log)).ToList();
        var requests = Task.WhenAll(programs.Select(program => program.RunAsync(stop.Token)));
        var kills = Number("KILL_ROUNDS", ChaosGateway.Services.Count);
        var rounds = kills + Number("STOP_ROUNDS", 0);
        for (var round = 0; round < rounds && !traffic.IsCompleted; round++)
        {
            // Not a wait for a condition: the point of the kill is what is drawn by lot.
            await Task.Delay(random.Next(300, 1500), CancellationToken.None);
            if (round < kills)
                await KillOneAsync(gateway, ChaosGateway.Services[round % ChaosGateway.Services.Count], log);
            else
                await StopOneAsync(gateway, clients, traffic, log);
            await SettledAsync(clients, traffic, log);
        }
        await stop.CancelAsync();
        await traffic;
        await requests;
        programs.ForEach(static program => program.Dispose());

        Check(gateway, log, clients);
    }

    [DistributedFact]
    public async Task RedisAway_UnderTraffic_EverybodyStaysIsToldAndIsServedAgain()
    {
        await using var gateway = await ChaosGateway.StartAsync();
        using var log = new ChaosLog(_directory["outage.jsonl"]);
        using var stop = new CancellationTokenSource();
        using var watcher = new ChaosClient("watcher", "watched", gateway.WebSocketUri, log);
        using var http = new HttpClient();
        var clients = StartClients(gateway, log);
        var traffic = Task.WhenAll(clients.Select(client => client.RunAsync(stop.Token)));
        await SettledAsync(clients, traffic, log);
        await HealthAsync(watcher, ok: true);

        log.Add("kill", "redis");
        await gateway.KillAsync("redis");
        var away = TimeProvider.System.GetTimestamp();
        await HealthAsync(watcher, ok: false);
        Tell("health says so after", away);
        foreach (var core in gateway.CoreUris)
            await ReadyAsync(http, core, ready: false);
        Tell("/readyz of both cores says so after", away);
        var refused = (await watcher.CallAsync("chat.send", new JsonObject { ["sessionKey"] = "watched", ["message"] = "now", ["idempotencyKey"] = "refused" }))!["error"]!;
        log.Add("refuse", "refused", refused.ToJsonString());
        Tell("a call was refused after", away);
        // The length of the outage is what is tried.
        await Task.Delay(TimeSpan.FromSeconds(Number("OUTAGE_SECONDS", 5)), CancellationToken.None);
        Assert.True((bool?)(await watcher.CallAsync("sessions.list", []))?["ok"]);
        Assert.True(gateway.AllStand);

        await gateway.LaunchAsync("redis");
        log.Add("launch", "redis");
        var back = TimeProvider.System.GetTimestamp();
        foreach (var core in gateway.CoreUris)
            await ReadyAsync(http, core, ready: true);
        Tell("/readyz of both cores is well again after", back);
        await HealthAsync(watcher, ok: true);
        Tell("health is well again after", back);
        await SettledAsync(clients, traffic, log);
        Tell("every client had a message accepted and answered after", back);
        await stop.CancelAsync();
        await traffic;

        var events = Check(gateway, log, clients);
        Assert.DoesNotContain(events, static e => e.Kind == "drop");
        Assert.All(events.Where(static e => e.Kind == "refuse"), static e =>
        {
            var error = JsonNode.Parse(e.Detail)!;
            Assert.Equal("UNAVAILABLE", (string?)error["code"]);
            Assert.True((bool?)error["retryable"], e.Detail);
            Assert.True((long?)error["retryAfterMs"] > 0, e.Detail);
        });
    }

    private static async Task KillOneAsync(ChaosGateway gateway, string victim, ChaosLog log)
    {
        log.Add("kill", victim);
        await gateway.KillAsync(victim);
        await gateway.LaunchAsync(victim);
        log.Add("launch", victim);
    }

    /// <summary>A core stands still until all clients are served without it; then it finds what it had begun with others.</summary>
    private static async Task StopOneAsync(ChaosGateway gateway, List<ChaosClient> clients, Task traffic, ChaosLog log)
    {
        const string Stopped = "core stopped";
        log.Add("kill", Stopped);
        await gateway.StopAsync("core");
        try
        {
            await SettledAsync(clients, traffic, log);
        }
        finally
        {
            await gateway.GoOnAsync("core");
        }
        log.Add("launch", Stopped);
    }

    private static int Number(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    private static List<ChaosClient> StartClients(ChaosGateway gateway, ChaosLog log) =>
        [.. Enumerable.Range(0, Clients).Select(n => new ChaosClient($"c{n}", $"chaos-{n % Sessions}", gateway.WebSocketUri, log))];

    /// <summary>Waits until every client has been answered twice since now: what was cut short is through, and new messages are.</summary>
    private static async Task SettledAsync(List<ChaosClient> clients, Task traffic, ChaosLog log)
    {
        var before = clients.ConvertAll(static client => client.Bursts);
        using var patience = new CancellationTokenSource(Patience);
        while (!traffic.IsCompleted && !clients.Zip(before).All(static pair => pair.First.Bursts >= pair.Second + 2))
        {
            if (patience.IsCancellationRequested)
                throw new TimeoutException($"After {log.Now.TotalSeconds:0.0} s clients are not answered any more:\n{Describe(log)}");
            // What is waited for happens in other processes.
            await Task.Delay(20, CancellationToken.None);
        }
        // Its failure, if it failed.
        if (traffic.IsCompleted)
            await traffic;
    }

    /// <summary>What was done to services, and the last words of every client.</summary>
    private static string Describe(ChaosLog log)
    {
        var events = log.ReadAll();
        return string.Join('\n', events.Where(static e => e.Kind is "kill" or "launch").Concat(
            events.Where(static e => e.Kind is not ("kill" or "launch")).GroupBy(static e => e.Id.Split('.')[0]).SelectMany(static client => client.TakeLast(8))).Select(static e => e.ToString()));
    }

    private static Task HealthAsync(ChaosClient client, bool ok) =>
        TestTimeouts.Until(async () => (bool?)(await client.CallAsync("health", []))?["payload"]?["ok"] == ok, $"health is {(ok ? "well" : "degraded")}");

    private static Task ReadyAsync(HttpClient http, Uri service, bool ready) => TestTimeouts.Until(
        async () =>
        {
            using var answer = await http.GetAsync(new Uri(service, "/readyz"));
            return answer.IsSuccessStatusCode == ready;
        },
        $"{service} is {(ready ? "ready" : "not ready")}");

    private void Tell(string what, long since) => output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what} {TimeProvider.System.GetElapsedTime(since).TotalSeconds:0.00} s"));

    private IReadOnlyList<ChaosEvent> Check(ChaosGateway gateway, ChaosLog log, List<ChaosClient> clients)
    {
        clients.ForEach(static client => client.Dispose());
        var events = log.ReadAll();
        var attempts = gateway.Model.Requests.Select(static request => request.Texts("user").LastOrDefault() ?? "").ToList();
        var accepted = events.Where(static e => e.Kind == "accept").Select(static e => e.Id).Distinct().Count();
        output.WriteLine($"{accepted} messages accepted, {events.Count(static e => e.Kind == "refuse")} calls refused, {events.Count(static e => e.Kind == "drop")} connections lost, {attempts.Count} model calls");
        output.WriteLine($"{events.Count(static e => e.Kind == "http-answer")} HTTP requests answered, {events.Count(static e => e.Kind == "http-refuse")} refused, {events.Count(static e => e.Kind == "http-drop")} cut off");
        var counts = HistoryChecker.ModelAttempts(events, attempts).Values;
        output.WriteLine($"{counts.Count(static count => count > 1)} messages were put to the model more than once, none more than {counts.DefaultIfEmpty().Max()} times");
        foreach (var line in ChaosFigures.Of(events))
            output.WriteLine(line);
        var faults = HistoryChecker.Check(events, gateway.StateDirectory, attempts);
        Assert.True(faults.Count == 0, $"{faults.Count} faults:\n{string.Join('\n', faults.Take(20))}");
        return events;
    }
}
