using OpenClaw.Gateway.Core.Sessions.Listing;
using OpenClaw.Gateway.Protocol.Methods.Sessions;

namespace OpenClaw.Gateway.Core.Tests.Sessions.Listing;

public sealed class SessionPreviewsTests : IAsyncLifetime
{
    private readonly SessionsHost _host = new();

    [Fact]
    public async Task Preview_Messages_BecomeOneLineEach()
    {
        await _host.StoreAsync("main", e => e.Set("sessionId", "s1"));
        _host.WriteTranscript(
            "s1",
            """{"type":"session","version":3,"id":"s1"}""",
            """{"type":"message","message":{"role":"user","content":[{"type":"text","text":"[Sat 2026-11-21 05:33 GMT+1] msg 1\n[message_id: 5d1f]"}]}}""",
            """{"type":"message","message":{"role":"assistant","content":[{"type":"toolCall","id":"1","name":"read"},{"type":"toolCall","id":"2","name":"exec"},{"type":"toolCall","id":"3","name":"edit"}]}}""",
            """{"type":"message","message":{"role":"toolResult","toolName":"read","content":[{"type":"text","text":"data"}]}}""",
            """{"type":"message","message":{"role":"user","content":[{"type":"image","data":"AA"}]}}""",
            """{"type":"message","message":{"role":"assistant","content":[]}}""",
            "{ torn",
            """{"type":"message","message":{"role":"alien","content":"[Note]\n\ninjected text"}}""");

        var preview = Assert.Single((await PreviewAsync(["main"])).Previews);

        Assert.Equal("ok", preview.Status);
        Assert.Equal(
            [("user", "msg 1\n[message_id: 5d1f]"), ("tool", "call read, exec +1"), ("tool", "data"), ("user", "[image]"), ("other", "[Note]\n\ninjected text")],
            preview.Items.Select(i => (i.Role, i.Text)));
        Assert.Equal([("other", "[Note]\n\ninjected ...")], (await PreviewAsync(["main"], 1, 20)).Previews[0].Items.Select(i => (i.Role, i.Text)));
    }

    [Fact]
    public async Task Preview_Keys_AreAnsweredAsSent()
    {
        await _host.StoreAsync("empty", e => e.Set("sessionId", "none"));
        await _host.StoreAsync("evil", e => e.Set("sessionId", "../../x"));

        var previews = (await PreviewAsync([" empty ", "nosuch", "evil", "", .. Enumerable.Repeat("x", 100)])).Previews;

        Assert.Equal([("empty", "empty"), ("nosuch", "missing"), ("evil", "empty")], previews.Take(3).Select(p => (p.Key, p.Status)));
        Assert.Equal(64, previews.Count);
    }

    [Fact]
    public async Task Preview_LastMessageIsFarBack_IsStillFound()
    {
        await _host.StoreAsync("main", e => e.Set("sessionId", "s1"));
        var notes = Enumerable.Range(0, 8).Select(static _ => $$$"""{"type":"custom","data":"{{{new string('x', 100_000)}}}"}""");
        _host.WriteTranscript("s1", ["""{"type":"message","message":{"role":"user","content":"found"}}""", .. notes]);
        Assert.Equal("found", Assert.Single((await PreviewAsync(["main"])).Previews[0].Items).Text);

        _host.WriteTranscript("s1", ["""{"type":"message","message":{"role":"user","content":"too far"}}""", .. notes, .. notes]);
        Assert.Equal("empty", (await PreviewAsync(["main"])).Previews[0].Status);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _host.DisposeAsync().AsTask();

    private Task<SessionPreviewsResult> PreviewAsync(IReadOnlyList<string> keys, long? limit = null, long? maxChars = null) =>
        new SessionPreviews(_host, _host.Stores, _host.Time).PreviewAsync(keys, limit, maxChars, CancellationToken.None);
}
