using OpenClaw.Conformance.Tests.Gateways;
using OpenClaw.Conformance.Tests.Peer;
using OpenClaw.Fakes.OpenAi;

namespace OpenClaw.Conformance.Tests.Clients;

/// <summary>One gateway of ours with a scripted model, and one home of the original's command line that talks to it.</summary>
public sealed class PeerClientFixture : IAsyncLifetime
{
    private FakeModelServer? _models;
    private Instance? _instance;
    private GatewayProcess? _gateway;
    private CommandLineClient? _client;

    internal FakeModelServer Models => _models!;

    internal int Port => _gateway!.Port;

    internal CommandLineClient Client => _client!;

    public async Task InitializeAsync()
    {
        if (PeerInstallation.Missing is not null)
            return;
        _models = await FakeModelServer.StartAsync();
        _instance = new Instance(FakeModels.ConfigurationFor(_models));
        _gateway = await GatewayProcess.StartOursAsync(_instance);
        _client = CommandLineClient.OfPeer();
    }

    public async Task DisposeAsync()
    {
        _client?.Dispose();
        if (_gateway is not null)
            await _gateway.DisposeAsync();
        _instance?.Dispose();
        if (_models is not null)
            await _models.DisposeAsync();
    }
}
