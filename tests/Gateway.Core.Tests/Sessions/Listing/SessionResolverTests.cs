using OpenClaw.Gateway.Core.Sessions.Listing;
using OpenClaw.Gateway.Protocol.Methods.Sessions;

namespace OpenClaw.Gateway.Core.Tests.Sessions.Listing;

public sealed class SessionResolverTests : IAsyncLifetime
{
    private readonly SessionsHost _host = new();

    [Fact]
    public async Task Resolve_OneMatch_GivesItsCanonicalKey()
    {
        await _host.StoreAsync("a", e => e.Set("sessionId", "id-1").Set("label", "One"));

        Assert.Equal("agent:main:a", await KeyAsync(new() { Key = " a " }));
        Assert.Equal("agent:main:a", await KeyAsync(new() { SessionId = "id-1" }));
        Assert.Equal("agent:main:a", await KeyAsync(new() { SessionId = "agent:main:a" }));
        Assert.Equal("agent:main:a", await KeyAsync(new() { Label = " One " }));
    }

    [Fact]
    public async Task Resolve_NoMatchOrSeveral_SaysWhich()
    {
        _host.WriteStore("""{"agent:main:a":{"sessionId":"same","label":"L","updatedAt":2},"agent:main:b":{"sessionId":"same","label":"L","updatedAt":1}}""");

        Assert.Equal("Either key, sessionId, or label is required", await ErrorAsync(new() { Key = " " }));
        Assert.Equal("Provide either key, sessionId, or label (not multiple)", await ErrorAsync(new() { Key = "a", Label = "b" }));
        Assert.Equal("No session found: zz", await ErrorAsync(new() { Key = "zz" }));
        Assert.Equal("No session found: zz", await ErrorAsync(new() { SessionId = "zz" }));
        Assert.Equal("No session found: sam", await ErrorAsync(new() { SessionId = "sam" }));
        Assert.Equal("No session found with label: zz", await ErrorAsync(new() { Label = "zz" }));
        Assert.Equal("invalid label: too long (max 64)", await ErrorAsync(new() { Label = new string('x', 65) }));
        Assert.Equal("Multiple sessions found for sessionId: same (agent:main:a, agent:main:b)", await ErrorAsync(new() { SessionId = "same" }));
        Assert.Equal("Multiple sessions found with label: L (agent:main:a, agent:main:b)", await ErrorAsync(new() { Label = "L" }));
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _host.DisposeAsync().AsTask();

    private SessionResolver Resolver() => new(_host.Stores, new SessionListing(_host, _host.Stores, _host.Models, _host.Time));

    private async Task<string?> KeyAsync(SessionsResolveParams query) => (await Resolver().ResolveAsync(query, CancellationToken.None)).Value?.Key;

    private async Task<string?> ErrorAsync(SessionsResolveParams query) => (await Resolver().ResolveAsync(query, CancellationToken.None)).Error?.Message;
}
