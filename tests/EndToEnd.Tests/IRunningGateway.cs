namespace OpenClaw.EndToEnd.Tests;

/// <summary>A gateway as its clients see it.</summary>
internal interface IRunningGateway : IAsyncDisposable
{
    const string Token = "end-to-end-token";

    int Port { get; }

    Uri WebSocketUri { get; }

    Uri PageUri { get; }

    /// <summary>Stops what owns the sessions in order (SIGTERM), and returns its exit code.</summary>
    Task<int> StopCoreAsync();

    /// <summary>Starts it again on the same state.</summary>
    Task LaunchAsync();

    /// <summary>Starts a gateway.</summary>
    /// <param name="composition">How.</param>
    /// <param name="sections">Sections of its configuration.</param>
    /// <param name="gateway">More keys of the section <c>gateway</c>.</param>
    static async Task<IRunningGateway> StartAsync(Composition composition, string sections = "", string gateway = "") =>
        composition is Composition.AllInOne ? await GatewayProcess.StartAsync(sections, gateway) : await DistributedGateway.StartAsync(sections, gateway);

    /// <summary>The configuration file's text.</summary>
    static string Configuration(string sections, string gateway) => $$"""{ gateway: { mode: "local", auth: { token: "{{Token}}" }, {{gateway}} }, {{sections}} }""";
}
