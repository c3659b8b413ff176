using Microsoft.Extensions.Logging.Abstractions;
using OpenClaw.Gateway.Core.Sessions;
using OpenClaw.Gateway.Core.Sessions.Lifecycle;
using OpenClaw.Gateway.Protocol.Methods.Sessions;

namespace OpenClaw.Gateway.Core.Tests.Sessions.Lifecycle;

public sealed class SessionDeletionTests : IAsyncLifetime
{
    private readonly SessionsHost _host = new();

    [Fact]
    public async Task Delete_KnownSession_RemovesItAndRenamesItsTranscript()
    {
        var path = _host.WriteTranscript("s1", "{}");
        await _host.StoreAsync("ops", e => e.Set("sessionId", "s1"));

        var result = (await DeleteAsync("ops")).Value!;

        Assert.True(result.Deleted);
        Assert.Equal([path + ".deleted.2026-11-21T04-00-00.000Z"], result.Archived);
        Assert.Equal("{}\n", File.ReadAllText(result.Archived[0]));
        Assert.False(File.Exists(path));
        Assert.Null(await _host.Stores.FindAsync(_host.Key("ops"), CancellationToken.None));
        Assert.Equal(["agent:main:ops"], _host.Stopped);
    }

    [Fact]
    public async Task Delete_TranscriptIsToStay_LeavesIt()
    {
        var path = _host.WriteTranscript("s1", "{}");
        await _host.StoreAsync("ops", e => e.Set("sessionId", "s1"));

        Assert.Empty((await DeleteAsync("ops", deleteTranscript: false)).Value!.Archived);
        Assert.True(File.Exists(path));
    }

    [Fact]
    public async Task Delete_RunDoesNotStop_IsRefusedAndKeepsEverything()
    {
        await _host.StoreAsync("ops", e => e.Set("sessionId", "s1"));
        _host.RunsStop = false;

        var refused = await DeleteAsync(" ops ");

        Assert.Equal((SessionErrorKind.Unavailable, "Session ops is still active; try again in a moment."), (refused.Error!.Kind, refused.Error.Message));
        Assert.NotNull(await _host.Stores.FindAsync(_host.Key("ops"), CancellationToken.None));
    }

    [Theory]
    [InlineData("main", "Cannot delete the main session (agent:main:main).")]
    [InlineData("agent:MAIN:main", "Cannot delete the main session (agent:main:main).")]
    [InlineData(" ", "key required")]
    public async Task Delete_NotAllowed_IsRefused(string key, string expected)
    {
        var refused = await DeleteAsync(key);

        Assert.Equal((SessionErrorKind.InvalidRequest, expected), (refused.Error!.Kind, refused.Error.Message));
        Assert.Empty(_host.Stopped);
    }

    [Fact]
    public async Task Delete_UnknownSession_SaysSo()
    {
        var result = (await DeleteAsync("nosuch")).Value!;

        Assert.Equal(("agent:main:nosuch", false), (result.Key, result.Deleted));
        Assert.Empty(result.Archived);
    }

    [Fact]
    public async Task Delete_EntryWithHostileIds_TouchesNoOtherFile()
    {
        await _host.StoreAsync("evil", e => e.Set("sessionId", "../../../victim").Set("sessionFile", _host.StoreFile));

        Assert.Empty((await DeleteAsync("evil")).Value!.Archived);
        Assert.True(File.Exists(_host.StoreFile));
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _host.DisposeAsync().AsTask();

    private Task<SessionOutcome<SessionDeletionResult>> DeleteAsync(string key, bool deleteTranscript = true) =>
        new SessionDeletion(_host, _host.Stores, _host, _host.Time, NullLogger<SessionDeletion>.Instance).DeleteAsync(key, deleteTranscript, CancellationToken.None);
}
