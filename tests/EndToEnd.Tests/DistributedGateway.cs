using System.Net;
using System.Security.Cryptography;
using OpenClaw.Testing;

namespace OpenClaw.EndToEnd.Tests;

/// <summary>Edge, core and Redis as processes of their own, with the variables that the AppHost gives them.</summary>
internal sealed class DistributedGateway : IRunningGateway
{
    private readonly TempDirectory _home = new();
    private readonly string _secret = Convert.ToHexString(RandomNumberGenerator.GetBytes(32));
    private readonly int _corePort = PublishedProgram.FreePort();
    private readonly Dictionary<string, string> _variables;

    private DistributedGateway(RedisProcess redis, IReadOnlyDictionary<string, string> variables)
    {
        Redis = redis;
        _variables = new Dictionary<string, string>(variables);
        Core = new PublishedProgram("OpenClaw.Gateway.Core", _home.Path);
        Edge = new PublishedProgram("OpenClaw.Gateway.Edge", _home.Path);
    }

    public int Port { get; } = PublishedProgram.FreePort();

    public Uri WebSocketUri => new($"ws://127.0.0.1:{Port}/");

    public Uri PageUri => new($"http://127.0.0.1:{Port}/");

    public RedisProcess Redis { get; }

    public PublishedProgram Core { get; }

    public PublishedProgram Edge { get; }

    public Uri CoreUri => new($"http://127.0.0.1:{_corePort}/");

    public string StateDirectory => _home[".openclaw"];

    public static Task<DistributedGateway> StartAsync(string sections = "", string gateway = "") => StartAsync(sections, gateway, new Dictionary<string, string>());

    public static async Task<DistributedGateway> StartAsync(string sections, string gateway, IReadOnlyDictionary<string, string> variables)
    {
        var all = new DistributedGateway(await RedisProcess.StartAsync(), variables);
        Directory.CreateDirectory(all.StateDirectory);
        await File.WriteAllTextAsync(Path.Combine(all.StateDirectory, "openclaw.json"), IRunningGateway.Configuration(sections, gateway));
        await Task.WhenAll(all.LaunchAsync(), all.LaunchEdgeAsync());
        await all.ReadyAsync();
        return all;
    }

    public Task LaunchAsync() => Core.StartAsync([], Variables(("PORT", $"{_corePort}")), "Now listening on");

    public Task LaunchEdgeAsync()
    {
        var scheme = _variables.ContainsKey("Edge__Tls__Enabled") ? "https" : "http";
        var variables = Variables(("ASPNETCORE_URLS", $"{scheme}://127.0.0.1:{Port}"), ("services__core__http__0", CoreUri.ToString()));
        return Edge.StartAsync([], variables, "Now listening on");
    }

    /// <summary>Starts another process that has the Telegram channel; the caller ends it.</summary>
    public async Task<PublishedProgram> LaunchTelegramAsync()
    {
        var program = AddTelegram();
        await LaunchTelegramAsync(program);
        return program;
    }

    /// <summary>A process that will have the Telegram channel once it is started; the caller ends it.</summary>
    public PublishedProgram AddTelegram() => new("OpenClaw.Channels.Telegram", _home.Path);

    /// <summary>Starts such a process, or starts it again.</summary>
    public Task LaunchTelegramAsync(PublishedProgram program) => program.StartAsync([], Variables(("ASPNETCORE_URLS", "http://127.0.0.1:0")), "Now listening on");

    public async Task<int> StopCoreAsync()
    {
        await Core.SignalAsync("TERM");
        return await Core.EndedAsync();
    }

    /// <summary>Waits until the edge says that all is well.</summary>
    public async Task ReadyAsync()
    {
        using var http = new HttpClient(new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = static (_, _, _, _) => true } });
        var scheme = _variables.ContainsKey("Edge__Tls__Enabled") ? "https" : "http";
        var last = "";
        await TestTimeouts.Until(
            async () =>
            {
                using var response = await http.GetAsync(new Uri($"{scheme}://127.0.0.1:{Port}/readyz"), CancellationToken.None);
                last = await response.Content.ReadAsStringAsync(CancellationToken.None);
                return response.StatusCode is HttpStatusCode.OK;
            },
            () => $"the edge to be ready: {last}\n{Edge.LinesWith("")}\n{Core.LinesWith("")}");
    }

    public async ValueTask DisposeAsync()
    {
        await Edge.DisposeAsync();
        await Core.DisposeAsync();
        await Redis.DisposeAsync();
        _home.Dispose();
    }

    private Dictionary<string, string> Variables(params (string Name, string Value)[] more)
    {
        var variables = new Dictionary<string, string>(_variables) { ["ConnectionStrings__redis"] = $"127.0.0.1:{Redis.Port}", ["OPENCLAW_SERVICE_SECRET"] = _secret };
        foreach (var (name, value) in more)
            variables[name] = value;
        return variables;
    }
}
