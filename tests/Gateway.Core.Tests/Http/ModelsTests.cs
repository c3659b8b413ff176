namespace OpenClaw.Gateway.Core.Tests.Http;

public sealed class ModelsTests : IAsyncLifetime
{
    private ApiHost _host = null!;

    public async Task InitializeAsync() => _host = await ApiHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData("openclaw%2Fbeta", 200)]
    [InlineData("openclaw:beta", 200)]
    [InlineData("agent:beta", 200)]
    [InlineData("openclawX:nobody", 404)]
    [InlineData("openclaw:", 404)]
    [InlineData("openclaw:beta%0A", 404)]
    [InlineData("agent:", 404)]
    public async Task Model_IsThereIfItNamesAnAgent(string id, int status) => Assert.Equal(status, (await _host.GetAsync("v1/models/" + id)).Status);
}
