namespace OpenClaw.Cli.Tests.Support;

/// <summary>One gateway process for many tests.</summary>
public sealed class RunningGateway : IAsyncLifetime
{
    public CliHome Home { get; } = new();

    public int Port { get; private set; }

    internal OpenClawProcess? Process { get; private set; }

    public async Task InitializeAsync()
    {
        Port = Home.WriteConfig(more: """  "commands": { "restart": true }""");
        Process = OpenClawProcess.Start(Home, "gateway");
        await Process.WaitForAsync("listening on ws://127.0.0.1:");
    }

    public async Task DisposeAsync()
    {
        await Process!.DisposeAsync();
        Home.Dispose();
    }
}

[CollectionDefinition(nameof(RunningGatewayCollection))]
public sealed class RunningGatewayCollection : ICollectionFixture<RunningGateway>;
