using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using OpenClaw.Gateway.Edge.WebSockets;

namespace OpenClaw.Gateway.Edge.Tests.WebSockets;

public sealed class RelayedConnectionTests
{
    private readonly Lifetime _lifetime = new();
    private readonly Upgrade _upgrade = new();
    private readonly DefaultHttpContext _context = new();
    private readonly RelayedConnection _connection;

    public RelayedConnectionTests()
    {
        _context.Features.Set<IHttpRequestLifetimeFeature>(_lifetime);
        _connection = new RelayedConnection(_context, _upgrade);
    }

    [Fact]
    public async Task Close_RequestEndsWhenTimeIsUp_IsCutAndNothingIsThrown()
    {
        await _connection.UpgradeAsync();
        // What the server does with the context of a request that is over: to abort through it would throw.
        _context.Uninitialize();

        await _connection.CloseAsync(new TaskCompletionSource().Task, new CancellationToken(canceled: true));

        Assert.True(_lifetime.Aborted);
    }

    [Theory]
    [InlineData(typeof(ObjectDisposedException))]
    [InlineData(typeof(InvalidOperationException))]
    [InlineData(typeof(IOException))]
    public async Task Close_ClientLeavesAtThatMoment_IsCutAndNothingIsThrown(Type thrown)
    {
        _upgrade.Stream = new BrokenStream(thrown);
        await _connection.UpgradeAsync();

        await _connection.CloseAsync(new TaskCompletionSource().Task, CancellationToken.None);

        Assert.True(_lifetime.Aborted);
    }

    [Fact]
    public async Task Close_ClientAnswers_IsNotCut()
    {
        await _connection.UpgradeAsync();

        await _connection.CloseAsync(Task.CompletedTask, CancellationToken.None);

        Assert.False(_lifetime.Aborted);
    }

    private sealed class Lifetime : IHttpRequestLifetimeFeature
    {
        public bool Aborted { get; private set; }

        public CancellationToken RequestAborted { get; set; }

        public void Abort() => Aborted = true;
    }

    private sealed class Upgrade : IHttpUpgradeFeature
    {
        public Stream Stream { get; set; } = new MemoryStream();

        public bool IsUpgradableRequest => true;

        public Task<Stream> UpgradeAsync() => Task.FromResult(Stream);
    }

    private sealed class BrokenStream(Type thrown) : MemoryStream
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw (Exception)Activator.CreateInstance(thrown, "the connection is over")!;
    }
}
